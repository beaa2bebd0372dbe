/**
 * Publish button: the steps from a press to its outcome, namely save, check and publish. They reach
 * the Studio only through a `PublishingDesk`.
 */
import type {SanityDocument} from '@sanity/client'

import type {ArticlePatch, Fields} from './articlePatch.ts'

/** A document with no change on its way to the lake. */
export interface SettledDocument {
  readonly draft: SanityDocument | null
  readonly published: SanityDocument | null
}

/**
 * What publishing needs from the Studio. Each function throws the signal’s reason when aborted.
 */
export interface PublishingDesk {
  /** @param isAwaited whether this is a state to stop at */
  settled(
    signal: AbortSignal,
    isAwaited?: (document: SettledDocument) => boolean,
  ): Promise<SettledDocument>
  /** The problems of a document, in words for its editor; empty when it may be published. */
  findings(document: SanityDocument, signal: AbortSignal): Promise<readonly string[]>
  write(patches: readonly ArticlePatch[]): void
  /** Publishes exactly this draft. @throws an error with `statusCode` 409 when it has changed */
  publish(
    draft: SanityDocument,
    published: SanityDocument | null,
    signal: AbortSignal,
  ): Promise<void>
}

/** The step that an editor is waiting for. */
export type Stage = 'saving' | 'checking' | 'publishing'

/** The result of a press on Publish. */
export type Outcome =
  /** With the document as it went out. */
  | {readonly is: 'published'; readonly document: SanityDocument}
  | {readonly is: 'refused'; readonly findings: readonly string[]}
  /** Someone else published or discarded the draft in the meantime. */
  | {readonly is: 'gone'}
  | {readonly is: 'late'; readonly stage: Stage}
  | {readonly is: 'failed'; readonly message: string}

/** How many times to start again when others keep changing the draft. */
const ATTEMPTS = 5

/**
 * Publishes a document with everything that was typed before the press, and only if its checks
 * pass. Always ends, either published or with the reason why not.
 *
 * Sanity’s own Publish may use the check of an earlier state, and any edit that arrives before the
 * answer silently cancels it. So the draft is checked here and published by its revision: what was
 * checked is what goes out.
 * @param patchesFor what to write into the draft before it is published
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
      return {is: 'published', document: draft}
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
