import {createWriteStream, mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {parseArgs} from 'node:util'

import {z} from 'zod'

import {startLakeServer} from './load.ts'
import {startProgram} from './process.ts'

/** Measures the import of generated WordPress exports: memory, and speed against `@sanity/import`. */
const HELP = `Usage: node bench/archiveImport.ts [--stories 1000,50000]

Prints, for each number of stories, the peak of resident memory of the importing process, its stories
a second, and its time against that of @sanity/import for the same documents.`

const {values: options} = parseArgs({
  options: {
    stories: {type: 'string', default: '1000,50000'},
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

const measured = z.object({seconds: z.number(), peakMegabytes: z.number(), documents: z.number()})

async function measure(
  how: 'archive' | 'sanity',
  file: string,
  dataDir: string,
  exportTo?: string,
): Promise<z.infer<typeof measured>> {
  mkdirSync(dataDir)
  const lake = await startLakeServer(dataDir)
  const program = startProgram('archiveImportProgram.ts', how, file, lake.url, lake.token)
  try {
    const result = measured.parse(await program.next())
    if (exportTo !== undefined) {
      const answer = await fetch(`${lake.url}/v2025-02-19/data/export/production`, {
        headers: {authorization: `Bearer ${lake.token}`},
      })
      if (!answer.body) throw new Error('The lake exports nothing.')
      await pipeline(answer.body, createWriteStream(exportTo))
    }
    return result
  } finally {
    await program.stop()
    await lake.stop()
  }
}

if (options.help) console.log(HELP)
else {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-archive-'))
  try {
    for (const stories of options.stories.split(',').map(Number)) {
      const file = join(folder, `${stories}.xml`)
      const documents = join(folder, `${stories}.ndjson`)
      await pipeline(Readable.from(exportOf(stories)), createWriteStream(file))
      const ours = await measure('archive', file, join(folder, `archive-${stories}`), documents)
      const theirs = await measure('sanity', documents, join(folder, `sanity-${stories}`))
      console.log(
        `${stories.toLocaleString('en')} stories: peak ${Math.round(ours.peakMegabytes)} MB, ` +
          `${Math.round(stories / ours.seconds)} stories a second; ` +
          `@sanity/import of the same ${theirs.documents.toLocaleString('en')} documents takes ` +
          `${(theirs.seconds / ours.seconds).toFixed(2)} times as long, ${Math.round(theirs.peakMegabytes)} MB`,
      )
      for (const one of [file, documents]) rmSync(one)
    }
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
