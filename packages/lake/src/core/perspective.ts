/**
 * Perspectives: which version of each document a reader sees, and how the `perspective` parameter
 * names one. The rule is GROQ's.
 */
import {type Perspective, perspectiveOf} from '@copydesk/groq/engine'

import {badRequest} from './errors.ts'

export type {Perspective} from '@copydesk/groq/engine'

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
  const names = text.split(',').map((name) => name.replace(/^ +| +$/g, ''))
  return perspectiveOf(names, badRequest)
}

/** The canonical name of a perspective: `raw`, `published`, `rA,drafts`. */
export const perspectiveName = (perspective: Perspective): string =>
  perspective === 'raw' ? 'raw' : perspective.layers.join(',') || 'published'
