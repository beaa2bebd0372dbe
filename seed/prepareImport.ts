/** Story files → the documents an import would write, given the names that a dataset has. */
import {mergeStories, type Disagreement, type MergedStory} from './documents/mergeStories.ts'
import type {StoredName} from './identify/nameIds.ts'
import type {SeedDocument} from './model/seedDocument.ts'
import type {Refusal} from './parse/refusal.ts'
import {readStories} from './readStories.ts'

export interface PreparedImport {
  /** By time of publication. */
  readonly stories: readonly MergedStory[]
  /** Each once; a document comes after those it refers to. */
  readonly documents: readonly SeedDocument[]
  readonly disagreements: readonly Disagreement[]
  /** Files that are not stories, or that repeat another file. */
  readonly refused: readonly Refusal[]
}

/** `files` are files or folders; folders are searched for `.txt` files, sub-folders too. */
export async function prepareImport(
  files: readonly string[],
  stored: readonly StoredName[] = [],
): Promise<PreparedImport> {
  const read = await readStories(files)
  const merged = mergeStories(read.stories, stored)
  return {
    stories: merged.stories,
    documents: [...merged.documents.values()],
    disagreements: merged.disagreements,
    refused: [...read.refused, ...merged.refused],
  }
}
