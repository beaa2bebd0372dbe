import {applyPatches, parsePatch} from '@sanity/diff-match-patch'

import type {Json} from '../../core/document.ts'
import {editAt, refuseOperand, type Operation} from './operation.ts'

/**
 * Changes texts by a patch in the unidiff form of Google's diff-match-patch; what is not a text
 * stays as it is. Hunks find their place again in a text that changed meanwhile, or are dropped.
 */
export const diffMatchPatch = (path: string, source: Json): Operation => {
  if (typeof source !== 'string') return refuseOperand('diffMatchPatch', path, 'a text')
  const hunks = parseHunks(path, source)
  return editAt(path, {
    at: (old) =>
      typeof old === 'string' ? applyPatches(hunks, old, {allowExceedingIndices: true})[0] : old,
  })
}

const parseHunks = (path: string, source: string) => {
  try {
    return parsePatch(source)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refuseOperand('diffMatchPatch', path, `a patch in unidiff form (${reason})`)
  }
}
