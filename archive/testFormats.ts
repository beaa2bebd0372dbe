/** Reads small files through a format, as an import does, for the tests of formats. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {openIndex} from './archiveIndex.ts'
import {bodyOf} from './documents/bodyOf.ts'
import type {Format, Item, SiteProfile} from './formats/format.ts'
import {type Story, story as storyModel} from './story/story.ts'

/** All items of the files, which are indexed together first. */
export async function itemsOf(
  format: Format,
  texts: Readonly<Record<string, string>>,
  site: SiteProfile = {},
): Promise<Item[]> {
  const folder = await mkdtemp(join(tmpdir(), 'format-'))
  using index = openIndex(':memory:')
  const context = {index, site}
  try {
    const entries = await Promise.all(
      Object.entries(texts).map(async ([name, text]) => {
        const file = join(folder, name)
        await writeFile(file, text)
        return {path: name, file, size: Buffer.byteLength(text)}
      }),
    )
    for (const entry of entries) await format.index?.(entry, context)
    const items: Item[] = []
    for (const entry of entries) {
      for await (const item of format.read(entry, context)) items.push(withBody(item))
    }
    return items
  } finally {
    await rm(folder, {recursive: true})
  }
}

/** The body is read while the index is open. */
function withBody(item: Item): Item {
  if (item.kind !== 'story') return item
  const body = item.story.body.map((part) => {
    if (part.kind !== 'parts') return part
    const read = part.read()
    return {...part, read: () => read}
  })
  return {kind: 'story', story: {...item.story, body}}
}

/** The stories among items, checked at the border of formats. */
export function storiesIn(items: readonly Item[]): Story[] {
  return items.flatMap((item) => (item.kind === 'story' ? [storyModel.parse(item.story)] : []))
}

/** The codes of a story's flags, in order. */
export const codes = ({flags}: Pick<Story, 'flags'>): string[] => flags.map(({code}) => code)

/**
 * The body of a story in short: `h2: words`, `[figure address | alt | caption]`, `[archived kind]`.
 * Throws when its ledger does not balance.
 */
export function bodyInShort(story: Story): {blocks: string[]; flags: string[]} {
  const {blocks, flags, ledger} = bodyOf(story, {})
  if (!ledger.balanced) throw new Error('The ledger of the body does not balance.')
  const short = blocks.map((block) => {
    switch (block._type) {
      case 'block': {
        const words = (block.children ?? []).map(({text}) => text ?? '').join('')
        const kind = block.listItem ?? (block.style === 'normal' ? '' : block.style)
        return kind ? `${kind}: ${words}` : words
      }
      case 'figure':
        return `[figure ${[block.sourceAddress, block.alt, block.caption].filter(Boolean).join(' | ')}]`
      case 'gallery':
        return `[gallery ${block.pictures.map(({caption, sourceAddress}) => [sourceAddress, caption].filter(Boolean).join(' | ')).join('; ')}]`
      case 'archivedBlock':
        return `[archived ${block.kind}]`
      case 'video':
      case 'audio':
      case 'socialPost':
        return `[${block._type} ${block.url}]`
      case 'pullQuote':
        return `[pullQuote ${block.text}]`
      default:
        return `[${block._type}]`
    }
  })
  return {blocks: short, flags: flags.map(({code}) => code)}
}
