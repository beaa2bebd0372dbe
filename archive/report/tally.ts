/**
 * Adds up what an import did: the figures that its report and its exit code are made of. Every
 * record of the archive is in exactly one of stories, others, superseded and refused.
 */
import type {Outcome} from '../../seed/write/planDocument.ts'
import type {FateName} from '../html/balance.ts'
import type {MissingPicture} from '../pictures/copyPictures.ts'
import type {PreparedArchive} from '../prepareArchive.ts'
import type {Superseded} from '../storyRegister.ts'
import {type StoryList, type StoryResult, writeStoryList} from './storyList.ts'

export interface ArchiveReport {
  readonly run: string
  readonly dryRun: boolean
  readonly interrupted: boolean
  readonly stories: StoryList
  /** Stories that the dataset has now, or would have. */
  readonly taken: number
  /** All records of the archive. */
  readonly items: number
  /** Records that are no stories, by kind. */
  readonly others: Readonly<Record<string, number>>
  readonly superseded: readonly Superseded[]
  readonly refused: readonly {readonly place: string; readonly reason: string}[]
  /** Pictures that could not be uploaded, or were skipped. */
  readonly missingPictures: readonly MissingPicture[]
  readonly documents: Readonly<Record<Outcome, number>>
  readonly drafts: number
  readonly flagged: number
  /** Stories with text in archived blocks, or left out as part of the page. */
  readonly hidden: number
  /** Letters and signs of the stories' markup, and what became of them. */
  readonly text: {readonly source: number} & Readonly<Record<FateName, number>>
  /** Stories whose text does not add up. Always empty, or the import has a fault. */
  readonly unbalanced: readonly string[]
  /** Archived blocks by kind. */
  readonly archived: Readonly<Record<string, number>>
  /** Flags by code. */
  readonly flags: Readonly<Record<string, number>>
}

export interface StoryOutcomes {
  readonly article: Outcome
  /** Of all its documents that no earlier story has. */
  readonly documents: readonly Outcome[]
}

export interface Tally {
  add(result: StoryResult, outcomes: StoryOutcomes, refusal: string | undefined): void
  /** A story that was not made into documents. */
  refuse(story: Pick<StoryResult, 'title' | 'format' | 'place'>, reason: string): void
  finish(interrupted: boolean, missingPictures: readonly MissingPicture[]): ArchiveReport
}

interface Options {
  readonly run: string
  readonly dryRun: boolean
  readonly prepared: PreparedArchive
  /** For the list of stories; does not exist yet. */
  readonly file: string
}

export function createTally({dryRun, file, prepared, run}: Options): Tally {
  const stories = writeStoryList(file)
  const refusedStories: {place: string; reason: string}[] = []
  let [taken, drafts, flagged, hidden] = [0, 0, 0, 0]
  const documents: Record<Outcome, number> = {created: 0, unchanged: 0, replaced: 0, kept: 0}
  const text = {source: 0, kept: 0, moved: 0, opaque: 0, furniture: 0}
  const archived: Record<string, number> = {}
  const flags: Record<string, number> = {}
  const unbalanced: string[] = []
  return {
    add(result, outcomes, refusal) {
      const {draftBecause, ledger, place} = result
      if (refusal === undefined) {
        stories.add({...result, outcome: outcomes.article})
        taken += 1
        for (const one of outcomes.documents) documents[one] += 1
      } else {
        stories.add({...result, outcome: 'refused', reason: refusal})
        refusedStories.push({place, reason: refusal})
      }
      if (draftBecause.length > 0) drafts += 1
      if (result.flags.length > 0) flagged += 1
      for (const {code} of result.flags) flags[code] = (flags[code] ?? 0) + 1
      if (hidesText(ledger)) hidden += 1
      if (!ledger) return
      if (!ledger.balanced) unbalanced.push(place)
      text.source += ledger.source
      for (const name of ['kept', 'moved', 'opaque', 'furniture'] as const) {
        text[name] += ledger.fates[name]
      }
      for (const [kind, count] of Object.entries(ledger.archived)) {
        archived[kind] = (archived[kind] ?? 0) + count
      }
    },
    refuse(story, reason) {
      stories.add({...story, id: '', draftBecause: [], flags: [], outcome: 'refused', reason})
      refusedStories.push({place: story.place, reason})
    },
    finish(interrupted, missingPictures) {
      const refused = [
        ...prepared.refused.map(({expected, file, found, line}) => ({
          place: line === 0 ? file : `${file}:${line}`,
          reason: `expected ${expected}, found ${found}`,
        })),
        ...refusedStories,
      ]
      const others = Object.fromEntries([...prepared.others].toSorted())
      const {superseded} = prepared
      return {
        run,
        dryRun,
        interrupted,
        stories: stories.finish(),
        taken,
        items:
          prepared.total +
          prepared.dump.stories.length +
          sumOf(others) +
          superseded.length +
          prepared.refused.length,
        others,
        superseded,
        refused,
        missingPictures,
        documents,
        drafts,
        flagged,
        hidden,
        text,
        unbalanced,
        archived,
        flags,
      }
    },
  }
}

/** Whether readers see less than the source has. */
export function hidesText(ledger: StoryResult['ledger']): boolean {
  return ledger !== undefined && ledger.fates.opaque + ledger.fates.furniture > 0
}

/** Whether every record and every letter is accounted for. An interrupted run has not seen all. */
export function isBalanced(report: ArchiveReport): boolean {
  const {interrupted, items, others, refused, superseded, taken, text, unbalanced} = report
  if (unbalanced.length > 0) return false
  if (text.source !== text.kept + text.moved + text.opaque + text.furniture) return false
  if (interrupted) return true
  return items === taken + sumOf(others) + superseded.length + refused.length
}

/** All counts together. */
export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
