/**
 * The reading half of an import: files → stories with their documents, one by one. It runs over the
 * archive twice. The first time it learns what depends on all files: attachments, names, and which
 * of several records of one story is the newest. The second time it makes documents.
 */
import {join} from 'node:path'

import {z} from 'zod'

import type {MergedStories} from '../seed/documents/mergeStories.ts'
import {mergeStories} from '../seed/documents/mergeStories.ts'
import type {StoredName} from '../seed/identify/nameIds.ts'
import {Refusal} from '../seed/parse/refusal.ts'
import type {ReadStory} from '../seed/readStories.ts'
import {openIndex} from './archiveIndex.ts'
import {type ArchivedStory, archivedStory, articleIdOf, slugOfStory} from './documents/articleOf.ts'
import {identities, type Identities} from './documents/identities.ts'
import type {Format, Item, ReadContext, SiteProfile} from './formats/format.ts'
import {formatOf, laterFormat, unknownContent} from './formats/formats.ts'
import {faultsOf} from './formats/readJson.ts'
import {applyMapping} from './mapping/applyMapping.ts'
import type {Mapping} from './mapping/mapping.ts'
import {type NameCounts, nameCounts} from './mapping/nameCounts.ts'
import {type ArchiveEntry, openArchive, readHead} from './open/openArchive.ts'
import type {Chosen} from './readChosen.ts'
import {inSource} from './story/inSource.ts'
import {type Story, story as storyModel} from './story/story.ts'
import {openRegister, type Superseded} from './storyRegister.ts'

export interface ArchiveSource {
  readonly paths: readonly string[]
  /** Exists, and is empty. The caller removes it. */
  readonly workFolder: string
  readonly site: SiteProfile
  /** The names that the dataset has. */
  readonly stored: readonly StoredName[]
  /** What editors decided about names. */
  readonly mapping?: Mapping | undefined
  /** Only these stories are imported, by id, address or slug. */
  readonly only?: Chosen | undefined
  /** Ends the reading early; what is read then is not the whole archive. */
  readonly signal?: AbortSignal | undefined
}

export interface PreparedArchive extends Disposable {
  /** How many stories `stories` will yield, apart from those of the text dump. */
  readonly total: number
  /** Records that are no stories, by kind. */
  readonly others: ReadonlyMap<string, number>
  /** Older records of a story that is imported from another. */
  readonly superseded: readonly Superseded[]
  readonly refused: readonly Refusal[]
  /** The stories of the text dump, which are merged at once. */
  readonly dump: MergedStories
  /** All files of the archive. */
  readonly files: readonly ArchiveEntry[]
  /** The names of all stories, as the sources have them; those in bodies once `stories` has ended. */
  readonly names: NameCounts
  stories(): AsyncIterable<MadeStory>
}

export interface MadeStory {
  readonly story: Story
  /** What the import writes for it, or why the model does not take it. */
  readonly made: ArchivedStory | {readonly refusal: string}
}

interface Readable {
  readonly entry: ArchiveEntry
  readonly format: Format
}

export async function prepareArchive(source: ArchiveSource): Promise<PreparedArchive> {
  const {mapping, only, paths, signal, site, stored, workFolder} = source
  const opened = await openArchive(paths, workFolder)
  const refused: Refusal[] = [...opened.refused]
  const others = new Map<string, number>()
  const count = (what: string): unknown => others.set(what, (others.get(what) ?? 0) + 1)
  const readable: Readable[] = []
  for (const entry of opened.entries) {
    const head = await readHead(entry.file)
    const format = formatOf(head)
    if (format) readable.push({entry, format})
    else if (entry.isNamed || laterFormat(head) !== undefined) {
      refused.push(
        new Refusal(entry.path, 0, 'a story or an archive of stories', unknownContent(head)),
      )
    } else count(`file (${ending(entry.path)})`)
  }

  const names = nameCounts()
  const index = openIndex(join(workFolder, 'index.sqlite'))
  const context: ReadContext = {index, site}
  const failed = new Set<string>()
  for (const {entry, format} of readable) {
    if (signal?.aborted) break
    await guarded(entry, refused, failed, async () => format.index?.(entry, context))
  }
  const register = openRegister(join(workFolder, 'stories.sqlite'))
  const ids = identities(stored, register)
  const superseded: Superseded[] = []
  const dumps: ReadStory[] = []
  for await (const item of itemsOf(readable, context, failed, refused)) {
    if (signal?.aborted) break
    if (item.kind === 'other') count(item.what)
    if (item.kind === 'refused') refused.push(item.refusal)
    if (item.kind === 'dump') dumps.push(item.read)
    if (item.kind !== 'story') continue
    const story = mapping ? applyMapping(item.story, mapping) : item.story
    const {source: own} = story
    const id = articleIdOf(story)
    // Also stories that are not chosen: ids and slugs are those of the whole archive.
    register.addSlug(slugOfStory(story), id)
    ids.learn(story)
    if (only && !only.has(story)) {
      count('story that was not chosen')
      continue
    }
    const place = placeOf(story)
    const older = register.add({id, version: own.version, place, signs: own.signs ?? []})
    if (!older) continue
    if ('by' in older) superseded.push(older)
    else {
      refused.push(sameId(place, older.with))
      if (!older.isKnown) refused.push(sameId(older.with, place))
    }
  }
  const dump = mergeStories(dumps, stored)
  refused.push(...dump.refused, ...(only && !signal?.aborted ? only.unknown() : []))
  return {
    total: register.size,
    others,
    superseded,
    refused,
    dump,
    files: opened.entries,
    names,
    async *stories() {
      for await (const item of itemsOf(readable, context, failed, [])) {
        if (item.kind !== 'story') continue
        if (!register.isNewest(articleIdOf(item.story), placeOf(item.story))) continue
        const story = mapping ? applyMapping(item.story, mapping) : item.story
        const made = makeStory(story, ids, site, mapping)
        names.add(item.story, 'figures' in made ? made.figures : [])
        yield {story, made}
      }
    },
    [Symbol.dispose]: () => {
      index[Symbol.dispose]()
      register[Symbol.dispose]()
    },
  }
}

function sameId(place: string, other: string): Refusal {
  const found =
    `the id of ${other}, a story with another slug, headline and time. If one of them is an older export, leave that file out. ` +
    'If they are of two sites, import each site by itself, with its own "source" in site.json'
  return new Refusal(place, 0, 'a story with an id of its own', found)
}

/** A story that the model does not take is a fault of its reader: the others are imported. */
function makeStory(
  story: Story,
  ids: Identities,
  site: SiteProfile,
  mapping: Mapping | undefined,
): MadeStory['made'] {
  try {
    return archivedStory(story, ids, site, mapping)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return {refusal: `expected a story that fits the content model, found ${faultsOf(error)}`}
  }
}

type Checked = Exclude<Item, {kind: 'story'}> | {readonly kind: 'story'; readonly story: Story}

/** Every item of every file; a file that turns out to be unreadable is refused once. */
async function* itemsOf(
  readable: readonly Readable[],
  context: ReadContext,
  failed: Set<string>,
  refused: Refusal[],
): AsyncIterable<Checked> {
  for (const {entry, format} of readable) {
    if (failed.has(entry.path)) continue
    try {
      for await (const item of format.read(entry, context)) {
        if (item.kind !== 'story') {
          yield item
          continue
        }
        const read = storyModel.safeParse(item.story)
        const place = `${entry.path} ${item.story.source.pointer}`
        if (read.success) yield {kind: 'story', story: inSource(read.data, context.site.source)}
        else
          yield {kind: 'refused', refusal: new Refusal(place, 0, 'a story', faultsOf(read.error))}
      }
    } catch (error) {
      refuse(error, entry, refused, failed)
    }
  }
}

async function guarded(
  entry: ArchiveEntry,
  refused: Refusal[],
  failed: Set<string>,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run()
  } catch (error) {
    refuse(error, entry, refused, failed)
  }
}

function refuse(
  error: unknown,
  entry: ArchiveEntry,
  refused: Refusal[],
  failed: Set<string>,
): void {
  if (!(error instanceof Refusal)) throw error
  failed.add(entry.path)
  refused.push(error)
}

function ending(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? 'no ending'
}

function placeOf({source}: Story): string {
  return `${source.entry} ${source.pointer}`
}
