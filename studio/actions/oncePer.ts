/**
 * Caches a function’s result by its argument. Sanity asks for the actions at each render, and React
 * remounts a component whose identity has changed, so a wrapped action must stay the same object.
 */
export const oncePer = <Key extends object, Value>(make: (key: Key) => Value) => {
  const made = new WeakMap<Key, Value>()
  return (key: Key): Value => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}
