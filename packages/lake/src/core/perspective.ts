/**
 * Perspectives: which version of each document a reader sees, and how the `perspective` parameter
 * names one.
 */
import {badRequest} from './errors.ts'
import {isReleaseName} from './ids.ts'

/**
 * `raw` shows every stored document under its own id. A stack of layers (`drafts`, or the name of a
 * release) shows one version of each document, under the published id: the version in the highest
 * layer that has one, else the published document. An empty stack is the published perspective.
 */
export type Perspective = 'raw' | {readonly layers: readonly string[]}

export const PUBLISHED: Perspective = {layers: []}
export const DRAFTS: Perspective = {layers: ['drafts']}

/**
 * Reads the `perspective` parameter: `published`, `drafts` (formerly `previewDrafts`), `raw`, or
 * a list such as `rA,rB,drafts`, highest first; `published` may end a list and is implied.
 *
 * @throws 400 for an unknown perspective, and for `raw` in a list.
 */
export const parsePerspective = (text: string | undefined, fallback: Perspective): Perspective => {
  if (text === undefined || text === '') return fallback
  if (text === 'raw') return 'raw'
  if (text === 'published') return PUBLISHED
  const names = text.split(',').map((name) => name.replace(/^ +| +$/g, ''))
  if (names.at(-1) === 'published') names.pop()
  const layers = names.map((name) => (name === 'previewDrafts' ? 'drafts' : name))
  if (layers.includes('raw')) {
    throw badRequest('The perspective "raw" cannot be combined with others.')
  }
  for (const [index, name] of layers.entries()) {
    if (name !== 'drafts' && !isReleaseName(name)) {
      throw badRequest(
        `"${name}" is not a perspective: use published, drafts, raw, or names of releases.`,
      )
    }
    if (layers.indexOf(name) !== index) {
      throw badRequest(`The perspective names "${name}" twice.`)
    }
  }
  return {layers}
}

/** The canonical name of a perspective: `raw`, `published`, `rA,drafts`. */
export const perspectiveName = (perspective: Perspective): string =>
  perspective === 'raw' ? 'raw' : perspective.layers.join(',') || 'published'
