import {createWriteStream, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {parseArgs} from 'node:util'

import {z} from 'zod'

import {type LakeServer, startLakeServer} from './load.ts'
import {startProgram} from './process.ts'
import {quantile} from './timing.ts'

/** Measures the import of generated WordPress exports: memory, and speed against `@sanity/import`. */
const HELP = `Usage: node bench/archiveImport.ts [--stories 1000,50000] [--rounds 3] [--alone]

Prints, for each number of stories, of the importing process the peak of resident memory, stories a
second, and milliseconds of processor time a story; the time of a second run over the same archive;
and the time that @sanity/import takes for the same documents, in turns with ours. All times are
medians of the rounds.

  --rounds N   how often each number is measured
  --alone      without @sanity/import`

const {values: options} = parseArgs({
  options: {
    stories: {type: 'string', default: '1000,50000'},
    rounds: {type: 'string', default: '3'},
    alone: {type: 'boolean', default: false},
    help: {type: 'boolean', default: false},
  },
})

const WORDS =
  'the bridge over the river fell on Monday night and nobody was hurt while the mayor said that it had been old and that a new one would be built before the winter'

function* exportOf(count: number): Iterable<string> {
  yield `<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Paper</title><link>https://paper.example</link><language>en-GB</language>\n`
  for (let id = 0; id < 200; id += 1) {
    yield `<wp:author><wp:author_login>writer${id}</wp:author_login><wp:author_display_name>Writer ${id}</wp:author_display_name></wp:author>\n`
  }
  for (let id = 0; id < count; id += 1) yield itemOf(id)
  yield '</channel></rss>\n'
}

/** Some 6 KB of blocks with links, a picture and a heading. */
function itemOf(id: number): string {
  const paragraphs = Array.from({length: 24}, (_, at) => {
    const link = at % 6 === 0 ? ` <a href="https://a.example/${id}/${at}">More</a>.` : ''
    return `<!-- wp:paragraph --><p>${at} of ${id}: ${WORDS}.${link}</p><!-- /wp:paragraph -->`
  })
  const picture = `<!-- wp:image --><figure><img src="https://paper.example/uploads/${id}.jpg" alt="A bridge"/><figcaption>The bridge</figcaption></figure><!-- /wp:image -->`
  const tags = [id % 400, (id * 7) % 400].map(
    (tag) => `<category domain="post_tag" nicename="tag-${tag}">Tag ${tag}</category>`,
  )
  return `<item><title>Story ${id}</title><link>https://paper.example/2014/story-${id}/</link>
<dc:creator>writer${id % 200}</dc:creator><wp:post_id>${id + 1}</wp:post_id><wp:post_name>story-${id}</wp:post_name>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2014-05-01 06:30:00</wp:post_date_gmt>
<category domain="category" nicename="news">News</category>${tags.join('')}
<content:encoded><![CDATA[${paragraphs.join('\n')}\n${picture}]]></content:encoded></item>\n`
}

const measured = z.object({
  seconds: z.number(),
  processorSeconds: z.number(),
  peakMegabytes: z.number(),
  documents: z.number(),
})
type Measured = z.infer<typeof measured>

async function importInto(
  lake: LakeServer,
  how: 'archive' | 'sanity',
  file: string,
): Promise<Measured> {
  const program = startProgram('archiveImportProgram.ts', how, file, lake.url, lake.token)
  try {
    return measured.parse(await program.next())
  } finally {
    await program.stop()
  }
}

async function exportTo(lake: LakeServer, file: string): Promise<void> {
  const answer = await fetch(`${lake.url}/v2025-02-19/data/export/production`, {
    headers: {authorization: `Bearer ${lake.token}`},
  })
  if (!answer.body) throw new Error('The lake exports nothing.')
  await pipeline(answer.body, createWriteStream(file))
}

/** A lake of its own for each measurement. */
async function withLake<Result>(
  folder: string,
  work: (lake: LakeServer) => Promise<Result>,
): Promise<Result> {
  const dataDir = mkdtempSync(join(folder, 'lake-'))
  const lake = await startLakeServer(dataDir)
  try {
    return await work(lake)
  } finally {
    await lake.stop()
    rmSync(dataDir, {recursive: true})
  }
}

async function measure(folder: string, stories: number): Promise<string> {
  const file = join(folder, 'export.xml')
  const documents = join(folder, 'documents.ndjson')
  await pipeline(Readable.from(exportOf(stories)), createWriteStream(file))
  const rounds: {ours: Measured; again: Measured; theirs: Measured | undefined}[] = []
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const [ours, again] = await withLake(folder, async (lake) => {
      const first = await importInto(lake, 'archive', file)
      const second = await importInto(lake, 'archive', file)
      await exportTo(lake, documents)
      return [first, second]
    })
    const theirs = options.alone
      ? undefined
      : await withLake(folder, (lake) => importInto(lake, 'sanity', documents))
    rounds.push({ours, again, theirs})
  }
  const middle = (figure: (round: (typeof rounds)[number]) => number): number =>
    quantile(rounds.map(figure), 0.5)
  const peak = Math.max(...rounds.map(({ours}) => ours.peakMegabytes))
  const rate = middle(({ours}) => stories / ours.seconds)
  const processor = middle(({ours}) => (1000 * ours.processorSeconds) / stories)
  const second = middle(({again, ours}) => again.seconds / ours.seconds)
  const against = middle(({ours, theirs}) => (theirs ? theirs.seconds / ours.seconds : NaN))
  return (
    `${stories.toLocaleString('en')} stories: peak ${Math.round(peak)} MB, ${Math.round(rate)} stories a second, ` +
    `${processor.toFixed(1)} ms of processor time each; a second run takes ${second.toFixed(2)} of the time` +
    (options.alone ? '' : `; @sanity/import takes ${against.toFixed(2)} times as long`)
  )
}

if (options.help) console.log(HELP)
else {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-archive-'))
  try {
    for (const stories of options.stories.split(',').map(Number)) {
      console.log(await measure(folder, stories))
    }
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
