/** What taking a story back writes into it. */
import {records} from '../../schemas/untyped.ts'
import type {ArticlePatch, Fields} from './articlePatch.ts'

/**
 * The story is retracted, a correction above it says why, and it counts as updated now. The whole
 * list of corrections is set, so that checks see it before it is saved.
 * @param why the words that readers see
 */
export const retraction = (article: Fields, why: string, now: Date, key: string): ArticlePatch => {
  const madeAt = now.toISOString()
  const correction = {
    _key: key,
    _type: 'correction',
    kind: 'retraction',
    text: why.trim(),
    madeAt,
    show: 'top',
  }
  return {
    set: {
      corrections: [...records(article['corrections']), correction],
      pubStatus: 'retracted',
      updatedAt: madeAt,
    },
  }
}
