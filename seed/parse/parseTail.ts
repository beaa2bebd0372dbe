/** The parts of the page below the story, except credits: most-read list, author boxes, topics. */
import type {ParsedStory, Printed} from '../model/parsedStory.ts'
import type {ClassifiedLine} from './classifyLines.ts'
import {topicLabels} from './grammar.ts'

type Tail = Pick<ParsedStory, 'mostRead' | 'biographies' | 'topics'>
type MostReadItem = ParsedStory['mostRead'][number]

export function parseTail(lines: readonly ClassifiedLine[]): Tail {
  const topics = lines.find(({kind}) => kind === 'topics')
  const labels = topics && topicLabels(topics.words)
  return {
    mostRead: parseMostRead(lines),
    biographies: parseBiographies(lines),
    ...(topics && labels && {topics: {line: topics.number, labels: [...labels]}}),
  }
}

function parseMostRead(lines: readonly ClassifiedLine[]): MostReadItem[] {
  const items: MostReadItem[] = []
  for (const line of lines) {
    if (line.kind === 'mostReadItem') items.push(printed(line))
    const last = items.at(-1)
    if (line.kind === 'mostReadCategory' && last) last.category = printed(line)
  }
  return items
}

function parseBiographies(lines: readonly ClassifiedLine[]): ParsedStory['biographies'] {
  const boxes: ParsedStory['biographies'] = []
  for (const line of lines) {
    if (line.kind === 'authorBoxName') boxes.push({name: line.words, paragraphs: []})
    if (line.kind === 'biography') boxes.at(-1)?.paragraphs.push(printed(line))
  }
  return boxes.filter(({paragraphs}) => paragraphs.length > 0)
}

function printed(line: ClassifiedLine): Printed {
  return {line: line.number, text: line.words}
}
