/**
 * A function that remembers its last few answers, for one whose answer depends on the argument
 * alone and that is asked for the same thing several times in a row.
 */
export const memoise = <T, Answer>(
  compute: (argument: T) => Answer,
  mostRemembered: number,
): ((argument: T) => Answer) => {
  const remembered = new Map<T, Answer>()
  return (argument) => {
    const known = remembered.get(argument)
    if (known !== undefined) return known
    const answer = compute(argument)
    for (const oldest of remembered.keys()) {
      if (remembered.size < mostRemembered) break
      remembered.delete(oldest)
    }
    remembered.set(argument, answer)
    return answer
  }
}
