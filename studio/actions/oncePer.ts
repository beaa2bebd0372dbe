/**
 * Remembers what a function made of an object. React takes a new component for another one, so an
 * action that wraps another has to be the same each time the actions are asked for.
 */
export const oncePer = <Key extends object, Value>(make: (key: Key) => Value) => {
  const made = new WeakMap<Key, Value>()
  return (key: Key): Value => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}
