import type {SanityDocument} from '@sanity/client'

import type {ArticlePatch, Fields} from './articlePatch.ts'

/** A document at a moment when nothing is on its way. */
export interface SettledDocument {
  readonly draft: SanityDocument | null
  readonly published: SanityDocument | null
}

/** What publishing needs of the Studio. Each throws the signal’s reason when that ends it. */
export interface PublishingDesk {
  /** @param isAwaited whether this is a state to stop at */
  settled(
    signal: AbortSignal,
    isAwaited?: (document: SettledDocument) => boolean,
  ): Promise<SettledDocument>
  /** What is wrong with a document, in words for its editor; nothing when it may go out. */
  findings(document: SanityDocument, signal: AbortSignal): Promise<readonly string[]>
  write(patches: readonly ArticlePatch[]): void
  /** Publishes exactly this draft. @throws a refusal with `statusCode` 409 when it has changed */
  publish(
    draft: SanityDocument,
    published: SanityDocument | null,
    signal: AbortSignal,
  ): Promise<void>
}

/** What an editor may have to wait for. */
export type Stage = 'saving' | 'checking' | 'publishing'

/** What became of a press on Publish. */
export type Outcome =
  | {readonly is: 'published'}
  | {readonly is: 'refused'; readonly findings: readonly string[]}
  /** Somebody else published or discarded the draft meanwhile. */
  | {readonly is: 'gone'}
  | {readonly is: 'late'; readonly stage: Stage}
  | {readonly is: 'failed'; readonly message: string}

/** How often a draft that others go on changing is taken up again. */
const ATTEMPTS = 5

/**
 * Publishes a document as one press on the button means it: with all that was typed before, and only
 * if it may go out. Always ends: in its publication or with the reason why not.
 *
 * Sanity’s own Publish takes the findings on an earlier state for those on the present one, and any
 * edit that arrives before the answer cancels it without a word. So the draft is checked here, and
 * it is published by its revision: what was checked is what goes out.
 * @param patchesFor what publication writes into the draft first
 */
export const publishWhenSettled = async (
  desk: PublishingDesk,
  patchesFor: (draft: Fields, published: Fields | null) => readonly ArticlePatch[],
  signal: AbortSignal,
): Promise<Outcome> => {
  let stage: Stage = 'saving'
  try {
    let unstamped: SanityDocument | undefined
    for (let attempt = 1; ; attempt += 1) {
      stage = 'saving'
      const {draft, published} = await desk.settled(signal, isOther(unstamped))
      if (!draft) return {is: 'gone'}

      stage = 'checking'
      const patches = unstamped ? [] : patchesFor(draft, published)
      const stamped = Object.assign({}, draft, ...patches.map(({set}) => set))
      const findings = await desk.findings(stamped, signal)
      if (findings.length > 0) return {is: 'refused', findings}
      if (patches.length > 0) {
        desk.write(patches)
        unstamped = draft
        continue
      }

      stage = 'publishing'
      try {
        await desk.publish(draft, published, signal)
      } catch (error) {
        if (isConflict(error) && attempt < ATTEMPTS) continue
        throw error
      }
      await desk.settled(signal, isOther(draft)).catch(() => undefined)
      return {is: 'published'}
    }
  } catch (error) {
    if (signal.aborted) return {is: 'late', stage}
    return {is: 'failed', message: error instanceof Error ? error.message : String(error)}
  }
}

const isOther =
  (known: SanityDocument | undefined) =>
  ({draft}: SettledDocument): boolean =>
    !known || draft?._rev !== known._rev

const isConflict = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 409
