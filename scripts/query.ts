/** The `npm run query` command: runs a GROQ query and prints the result as JSON. */
import {enableCompileCache} from 'node:module'

import type {Explanation} from '@copydesk/lake'
import type {ClientPerspective, SanityClient} from '@sanity/client'

import {DATA_OPTION, TARGET_HELP} from './command/dataOption.ts'
import {readOptions} from './command/readOptions.ts'
import {runCommand, UsageError} from './command/runCommand.ts'

const HELP = `Prints what a GROQ query finds, as JSON.

  npm run -s query -- '*[_type == "article"]{headline}'

  --params JSON       values of the query's parameters: '{"slug": "a-story"}'
  --perspective NAME  published (default), drafts, raw, or release names from the top down
  --explain           print on stderr which index was used and where the time went
${TARGET_HELP}
  -h, --help          this text
`

// Only modules loaded after this line are cached, so the lake and the client are loaded where they
// are first needed; a wrong option is answered without them.
enableCompileCache()

await runCommand('query', async (argv) => {
  const {values, positionals} = readOptions(
    {
      ...DATA_OPTION,
      dataset: {type: 'string'},
      explain: {type: 'boolean', default: false},
      params: {type: 'string', default: '{}'},
      perspective: {type: 'string', default: 'published'},
    },
    argv,
  )
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const [query, ...more] = positionals
  if (query === undefined) throw new UsageError('The query is missing. Give it in single quotes.')
  if (more.length > 0) {
    throw new UsageError(
      `Unexpected arguments after the query: ${more.join(' ')}. Put the whole query in single quotes.`,
    )
  }
  const params = readParams(values.params)
  const perspective = await readPerspective(values.perspective)
  const {openTarget} = await import('./command/openTarget.ts')
  await using target = await openTarget({
    dataDir: values.data,
    dataset: values.dataset,
    environment: process.env,
  })
  if (values.explain) await explain(target.client, query, params, perspective)
  const result: unknown = await target.client.fetch(query, params, {perspective})
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  return 0
})

function readParams(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--params is not JSON: ${reason}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`--params must be a JSON object such as '{"slug": "a-story"}'.`)
  }
  return {...value}
}

async function readPerspective(text: string): Promise<ClientPerspective> {
  const sanity: typeof import('@sanity/client') = await import('@sanity/client')
  const names = text.split(',').map((name) => name.trim())
  const [only] = names
  const perspective: unknown = names.length === 1 ? only : names
  try {
    sanity.validateApiPerspective(perspective)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  return perspective
}

async function explain(
  client: SanityClient,
  query: string,
  params: Record<string, unknown>,
  perspective: ClientPerspective,
): Promise<void> {
  const {describeExplanation} = await import('@copydesk/lake')
  const {explain: explanation} = await client.request<{explain?: Explanation}>({
    method: 'POST',
    url: `/data/query/${client.config().dataset ?? ''}`,
    query: {explain: 'true', perspective: String(perspective)},
    body: {query, params},
  })
  const lines =
    explanation === undefined
      ? ['Hosted Sanity does not explain its queries.']
      : ['How it was answered:', ...describeExplanation(explanation)]
  process.stderr.write(`${lines.join('\n')}\n`)
}
