/**
 * Memoises a function: it remembers its last few results. For a function whose result depends on
 * its argument alone and that is called with the same arguments again and again.
 */
export const memoise = <T, Result>(
  compute: (argument: T) => Result,
  maxEntries: number,
): ((argument: T) => Result) => {
  const results = new Map<T, Result>()
  return (argument) => {
    const cached = results.get(argument)
    if (cached !== undefined) return cached
    const result = compute(argument)
    for (const oldest of results.keys()) {
      if (results.size < maxEntries) break
      results.delete(oldest)
    }
    results.set(argument, result)
    return result
  }
}
