/**
 * Groups files that are captures of the same page. An archive may keep a page more than once, and
 * newsrooms change headlines, so two stories of one site, minute and byline are the same page if
 * they share the headline or most of their paragraphs.
 */
import type {ParsedStory} from '../model/parsedStory.ts'
import {Refusal} from '../parse/refusal.ts'
import type {ReadStory} from '../readStories.ts'

export interface Page {
  readonly latest: ReadStory
  /** The other captures, the oldest first. */
  readonly earlier: readonly ReadStory[]
}

export interface Pages {
  readonly pages: readonly Page[]
  /** Files with the same bytes as another file. */
  readonly refused: readonly Refusal[]
}

export function pagesOf(read: readonly ReadStory[]): Pages {
  const refused: Refusal[] = []
  const captures = new Map<string, ReadStory[][]>()
  const byChecksum = new Map<string, string>()
  for (const one of read.toSorted(byCapture)) {
    const {byline, site, source} = one.story
    const twin = byChecksum.get(source.checksum)
    if (twin !== undefined) {
      refused.push(
        new Refusal(one.file, 0, 'a story that no other file has', `the story of ${twin} again`),
      )
      continue
    }
    byChecksum.set(source.checksum, one.file)
    const key = JSON.stringify([site.toLowerCase(), byline.localTime, byline.printed])
    const groups = captures.get(key) ?? []
    captures.set(key, groups)
    const own = groups.find((group) => group.some(({story}) => isSamePage(story, one.story)))
    if (own) own.push(one)
    else groups.push([one])
  }
  const pages = [...captures.values()].flat().flatMap((group): Page[] => {
    const latest = group.at(-1)
    return latest ? [{latest, earlier: group.slice(0, -1)}] : []
  })
  return {pages, refused}
}

/** Oldest capture first; within a day by file name, which is the same on every machine. */
function byCapture(a: ReadStory, b: ReadStory): number {
  const [early, late] = [a.story.capturedOn, b.story.capturedOn]
  return early === late ? (a.file < b.file ? -1 : 1) : early < late ? -1 : 1
}

function isSamePage(a: ParsedStory, b: ParsedStory): boolean {
  if (a.headline.text === b.headline.text) return true
  const [mine, theirs] = [paragraphsOf(a), paragraphsOf(b)]
  const common = [...mine].filter((text) => theirs.has(text)).length
  return common * 2 > Math.max(mine.size, theirs.size)
}

function paragraphsOf({body}: ParsedStory): Set<string> {
  return new Set(body.flatMap((part) => (part.kind === 'paragraph' ? [part.text] : [])))
}
