/** Reads the list of the stories that an import takes, one a line: an id, an address or a slug. */
import {readFile} from 'node:fs/promises'

import {Refusal} from '../seed/parse/refusal.ts'
import type {Story} from './story/story.ts'

export interface Chosen {
  has(story: Story): boolean
  /** The lines that no story so far has matched. */
  unknown(): Refusal[]
}

/** Blank lines and lines that begin with `#` are skipped. */
export async function readChosen(file: string): Promise<Chosen> {
  const lines = new Map<string, number>()
  for (const [index, text] of (await readFile(file, 'utf8')).split(/\r?\n/).entries()) {
    const name = text.trim()
    if (name !== '' && !name.startsWith('#')) lines.set(name, index + 1)
  }
  const matched = new Set<string>()
  return {
    has({oldAddresses, slug, source}) {
      const names = [source.key, source.originalId, slug, ...source.urls, ...oldAddresses]
      const found = names.filter((name) => name !== undefined).filter((name) => lines.has(name))
      for (const name of found) matched.add(name)
      return found.length > 0
    },
    unknown: () =>
      [...lines].flatMap(([name, line]) =>
        matched.has(name)
          ? []
          : new Refusal(file, line, 'the id, address or slug of a story in the archive', name),
      ),
  }
}
