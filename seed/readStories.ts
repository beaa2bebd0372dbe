/**
 * The first step of an import, before documents are made: finds the story files in the given paths
 * and parses them. A file that is not a story is refused and does not stop the others.
 */
import {readFile, stat} from 'node:fs/promises'

import {discoverStories} from './discoverStories.ts'
import type {ParsedStory} from './model/parsedStory.ts'
import {parseStory} from './parse/parseStory.ts'
import {Refusal} from './parse/refusal.ts'
import {STORY_BYTES_MAX, STORY_SIZE} from './parse/sourceText.ts'

export interface ReadStory {
  /** The path where the file was found. */
  readonly file: string
  readonly story: ParsedStory
}

export interface ReadStories {
  readonly stories: readonly ReadStory[]
  readonly refused: readonly Refusal[]
}

/** `paths` are files or folders; folders are searched for `.txt` files, sub-folders too. */
export async function readStories(paths: readonly string[]): Promise<ReadStories> {
  const {files, refused} = await discoverStories(paths)
  const stories: ReadStory[] = []
  const refusals = [...refused]
  for (const file of files) {
    try {
      stories.push({file, story: parseStory(file, await readStoryFile(file))})
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusals.push(error)
    }
  }
  return {stories, refused: refusals}
}

/** Checks before reading: anything too large, or not a file, is not read at all. */
async function readStoryFile(file: string): Promise<Uint8Array> {
  try {
    const found = await stat(file)
    if (!found.isFile()) throw new Refusal(file, 0, 'a file', 'something else')
    if (found.size > STORY_BYTES_MAX) {
      throw new Refusal(file, 0, STORY_SIZE, `${found.size} bytes`)
    }
    return await readFile(file)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(file, 0, 'a file that can be read', String(error))
  }
}
