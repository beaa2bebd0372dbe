/**
 * The text dump of a page archive, the first format of the import. Its parser and documents are in
 * `seed/`, where each line of the file is accounted for; this only puts them behind the interface.
 */
import {readFile} from 'node:fs/promises'

import {parseStory} from '../../../seed/parse/parseStory.ts'
import {Refusal} from '../../../seed/parse/refusal.ts'
import {STORY_BYTES_MAX, STORY_SIZE} from '../../../seed/parse/sourceText.ts'
import type {Format} from '../format.ts'

export const textDump: Format = {
  name: 'textDump',
  title: 'a text dump of a page archive',
  detects: ({text}) => /^\uFEFF?\s*(?:Advert(?:isement)?\s+)*date \d{4}-\d\d-\d\d \S+/.test(text),
  async *read({file, path, size}) {
    if (size > STORY_BYTES_MAX) throw new Refusal(path, 0, STORY_SIZE, `${size} bytes`)
    yield {kind: 'dump', read: {file: path, story: parseStory(path, await readFile(file))}}
  },
}
