/** What the Studio saves of an editor's typing; `sanity.studio` is the prefix of all its requests. */
const STUDIO_EDIT = 'sanity.studio.document.commit'

/**
 * Whether the request is an edit from the Studio's queue. Requests of that queue alone are sent
 * again, under another transaction id, until there is an answer (`BufferedDocument` in
 * `@sanity/mutator`); whoever else sends the same twice means it.
 */
export const isStudioEdit = (parameters: URLSearchParams): boolean =>
  parameters.get('tag') === STUDIO_EDIT
