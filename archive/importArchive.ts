/**
 * The whole import of an archive: files → stories → documents → dataset. It writes only through the
 * given client, so an embedded lake and a hosted dataset get the same. Run again, it writes nothing;
 * interrupted and run again, it ends as if it had not been interrupted, because ids come from the
 * source alone.
 */
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import type {SanityClient} from '@sanity/client'

import type {SeedDocument} from '../seed/model/seedDocument.ts'
import {
  emptyState,
  loadDocuments,
  loadNames,
  openDatasetState,
  type StoredDocument,
} from '../seed/write/datasetState.ts'
import {titleOf} from './documents/articleOf.ts'
import type {SiteProfile} from './formats/format.ts'
import {readMapping, writeTables} from './mapping/tables.ts'
import {pictureCopier} from './pictures/copyPictures.ts'
import {pictureFiles} from './pictures/pictureFiles.ts'
import {prepareArchive} from './prepareArchive.ts'
import type {Chosen} from './readChosen.ts'
import type {StoryResult} from './report/storyList.ts'
import {type ArchiveReport, createTally, type StoryOutcomes} from './report/tally.ts'
import {isOtherStory, OTHER_STORY, otherAuthors} from './write/otherSite.ts'
import {type PlannedNames, planStory, type StoryPlan} from './write/planStory.ts'
import {writeStories} from './write/writeStories.ts'

export interface ArchiveImport {
  readonly paths: readonly string[]
  /** Its token must be allowed to read drafts and to write. */
  readonly client: SanityClient
  readonly site?: SiteProfile
  readonly workFolder: string
  /** Names this run; letters, digits and hyphens. */
  readonly run: string
  readonly dryRun?: boolean
  readonly replace?: boolean
  /** Ends the run after the transaction in flight. */
  readonly signal?: AbortSignal
  /** A folder with tables of decisions; a dry run writes the names of the archive into them. */
  readonly mapFolder?: string | undefined
  readonly only?: Chosen | undefined
  /** Whether pictures are uploaded; otherwise their addresses are kept, and `skip` lists them. */
  readonly pictures?: 'copy' | 'keep-url' | 'skip' | undefined
  readonly onProgress?: (done: number, total: number, title: string) => void
}

/** Stories in one transaction. One of 25 stories takes about a fifth of the time of 25 of one. */
const BATCH = 25

interface Waiting {
  readonly title: string
  /** See `Story.source.signs`. */
  readonly signs: readonly string[]
  readonly documents: readonly SeedDocument[]
  readonly draft: string | undefined
  readonly result: StoryResult
}

export async function importArchive(options: ArchiveImport): Promise<ArchiveReport> {
  const {dryRun = false, onProgress, paths, replace = false, run, signal, site = {}} = options
  const {mapFolder, only, pictures = 'keep-url', workFolder} = options
  const client = options.client.withConfig({perspective: 'raw', useCdn: false})
  const stored = await loadNames(client)
  const mapping = mapFolder === undefined ? undefined : await readMapping(mapFolder, stored)
  using prepared = await prepareArchive({mapping, only, paths, signal, site, stored, workFolder})
  const copier = pictureCopier({
    client,
    dryRun,
    files: pictureFiles(pictures === 'copy' ? prepared.files : []),
    mode: pictures,
    web: {hosts: site.pictureHosts ?? []},
  })
  const tally = createTally({run, dryRun, prepared, file: join(workFolder, 'report.sqlite')})
  const {addresses} = await openDatasetState(client)
  const planned: PlannedNames = {addresses, ids: new Set()}
  const total = prepared.total + prepared.dump.stories.length
  let transactions = 0
  let done = 0
  let batch: Waiting[] = []

  const write = async (waiting: readonly Waiting[]): Promise<void> => {
    const documents = waiting.flatMap((story) => story.documents)
    const state = emptyState()
    const storedStory = ({result: {id}}: Waiting): StoredDocument | undefined =>
      state.documents.get(id) ?? state.drafts.get(id)
    const unplanned = documents.filter(({_id}) => !planned.ids.has(_id))
    await loadDocuments(state, client, unplanned)
    const stories = waiting.filter((story) => {
      const isOther = isOtherStory(story.signs, storedStory(story))
      if (isOther) tally.refuse(story.result, OTHER_STORY)
      return !isOther
    })
    const complete = await Promise.all(
      stories.map((story) => copier.copy(story.documents, storedStory(story))),
    )
    const plans: StoryPlan[] = stories.map(({draft, title}, index) =>
      planStory(title, complete[index] ?? [], draft, state, planned, replace),
    )
    const refusals = dryRun ? [] : await writeStories(plans, client, run, () => (transactions += 1))
    for (const [index, {result, title}] of stories.entries()) {
      const refusal = refusals.find((one) => one.title === title)
      const flags = [...result.flags, ...otherAuthors(plans[index])]
      tally.add({...result, flags}, outcomesOf(plans[index]), refusal?.reason)
    }
    done += waiting.length
    onProgress?.(done, total, waiting.at(-1)?.title ?? '')
  }
  /** The next stories are read while the last ones are written. */
  let writing = Promise.resolve()
  const flush = async (): Promise<void> => {
    await writing
    const stories = batch
    batch = []
    if (stories.length === 0) return
    writing = write(stories)
    // The next `await` gets the error.
    writing.catch(() => undefined)
    // Lets Ctrl-C and the progress bar have their turn.
    await wait(0)
  }

  for (const {article, file, ids, review} of prepared.dump.stories) {
    if (signal?.aborted) break
    batch.push({
      title: file,
      signs: [],
      documents: ids.flatMap((id) => prepared.dump.documents.get(id) ?? []),
      draft: undefined,
      result: {
        title: file,
        id: article,
        format: 'textDump',
        place: file,
        draftBecause: [],
        flags: review.map(({code, line, message}) => ({code, pointer: `line ${line}`, message})),
      },
    })
    if (batch.length === BATCH) await flush()
  }
  for await (const {made, story} of prepared.stories()) {
    if (signal?.aborted) break
    const place = `${story.source.entry} ${story.source.pointer}`
    if ('refusal' in made) {
      tally.refuse(
        {title: story.headline || place, format: story.source.format, place},
        made.refusal,
      )
      done += 1
      continue
    }
    const {article, draftBecause, flags, ledger} = made
    const title = `${titleOf(story)} (${place})`
    batch.push({
      title,
      signs: story.source.signs ?? [],
      documents: made.documents,
      draft: draftBecause.length > 0 ? article._id : undefined,
      result: {
        title: story.headline || 'Untitled',
        id: article._id,
        format: story.source.format,
        place,
        draftBecause,
        flags: [...flags, ...story.proposals.map((one) => ({...one, code: 'proposal'}))],
        ledger,
        addresses: story.source.urls.length > 0 ? story.source.urls : story.oldAddresses,
        slug: article.slug.current,
      },
    })
    if (batch.length === BATCH) await flush()
  }
  if (!signal?.aborted) await flush()
  await writing
  const interrupted = signal?.aborted === true
  if (mapFolder !== undefined && dryRun && !interrupted) {
    await writeTables(mapFolder, prepared.names.counts())
  }
  return tally.finish(interrupted, copier.missing)
}

function outcomesOf(plan: StoryPlan | undefined): StoryOutcomes {
  const plans = plan?.plans ?? []
  const article = plans.find(({document}) => document._type === 'article')
  return {
    article: article?.outcome ?? 'unchanged',
    documents: plans.map(({outcome}) => outcome),
  }
}
