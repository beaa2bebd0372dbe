/** The perspective of a preview, as the Studio names it. */

/** How many names a stack of releases may have. */
const LONGEST = 20

/**
 * A perspective from a parameter or a message: `drafts`, `published`, or a release's stack, as a list
 * or with commas. Null if it is none.
 */
export const readPerspective = (given: unknown): string | readonly string[] | null => {
  const names = typeof given === 'string' ? given.split(',') : given
  if (!Array.isArray(names) || names.length === 0 || names.length > LONGEST) return null
  const stack = names.filter(
    (name): name is string => typeof name === 'string' && /^[\w-]{1,128}$/.test(name),
  )
  if (stack.length !== names.length || stack.includes('raw')) return null
  const [first = ''] = stack
  return stack.length === 1 && ['drafts', 'published'].includes(first) ? first : stack
}
