/**
 * Runs the suite on a hosted project, in a dataset that it creates for itself, and removes what it
 * made: datasets, webhooks and origins; the tests themselves remove the user's settings. A project
 * with the free plan is enough. Nothing else of the project is touched.
 */
import {randomBytes} from 'node:crypto'

import {createClient, type SanityClient} from '@sanity/client'

import {isRecord} from './isRecord.ts'
import {type Result, runSuite} from './runSuite.ts'

/** A run, as `tests/conformance/hosted.json` keeps it. */
export interface HostedRecord {
  /** The day of the run, `2026-12-01`. */
  readonly date: string
  readonly results: readonly Result[]
}

const required = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === '') {
    throw new Error(`A hosted run needs ${name} in the environment. See docs/coverage.md.`)
  }
  return value
}

/** @throws if the project refuses the dataset of the run, or something could not be removed. */
export const recordHosted = async (): Promise<HostedRecord> => {
  const run = `run${randomBytes(4).toString('hex')}`
  const projectId = required('CONFORMANCE_PROJECT_ID')
  const token = required('CONFORMANCE_TOKEN')
  const client = createClient({projectId, token, apiVersion: '2025-02-19', useCdn: false})
  await createOwnDataset(client, run)
  // Ctrl-C also reaches the tests: let them end, and clean up.
  process.on('SIGINT', ignoreInterrupt)
  try {
    const results = await runSuite(
      {CONFORMANCE_TARGET: 'hosted', CONFORMANCE_DATASET: run},
      // One request after the other, for the rates of a hosted project and its distance.
      ['--no-file-parallelism', '--testTimeout=120000', '--hookTimeout=120000'],
    )
    return {date: new Date().toISOString().slice(0, 10), results: results.map(withoutToken(token))}
  } finally {
    await removeRun(client, projectId, run)
    process.off('SIGINT', ignoreInterrupt)
  }
}

const ignoreInterrupt = (): void => {}

const withoutToken =
  (token: string) =>
  (result: Result): Result => ({
    ...result,
    reason: result.reason === null ? null : result.reason.replaceAll(token, '…'),
  })

/** Public, because the free plan has no private datasets. */
const createOwnDataset = async (client: SanityClient, name: string): Promise<void> => {
  try {
    await client.datasets.create(name, {aclMode: 'public'})
  } catch (error) {
    throw new Error(
      `The project did not create the dataset "${name}" for the run: ${String(error)}. ` +
        'Delete a dataset that is not needed, or use another project; the free plan is enough.',
      {cause: error},
    )
  }
}

const removeRun = async (client: SanityClient, projectId: string, run: string): Promise<void> => {
  const failures: string[] = []
  const remove = async (what: string, request: () => Promise<unknown>): Promise<void> => {
    await request().catch((error: unknown) => failures.push(`${what}: ${String(error)}`))
  }
  const profiles = `/projects/${projectId}/datasets?datasetProfile=comments&addonFor=${run}`
  const comments: unknown = await client.request({url: profiles}).catch(() => [])
  const names = [...(await client.datasets.list()), ...recordsIn(comments)].map(({name}) => name)
  // The dataset of the run last: deleting it removes those that belong to it.
  for (const name of [...new Set(names)].toSorted().toReversed()) {
    if (typeof name !== 'string' || !name.startsWith(run)) continue
    await remove(`dataset "${name}"`, () => client.datasets.delete(name))
  }
  const hooks = `/hooks/projects/${projectId}`
  for (const {id, dataset} of recordsIn(await client.request({url: hooks}).catch(() => []))) {
    if (dataset !== run) continue
    await remove(`webhook "${String(id)}"`, () =>
      client.request({method: 'DELETE', url: `${hooks}/${String(id)}`}),
    )
  }
  const cors = `/projects/${projectId}/cors`
  for (const {id, origin} of recordsIn(await client.request({url: cors}))) {
    if (!String(origin).includes(run)) continue
    await remove(`origin "${String(origin)}"`, () =>
      client.request({method: 'DELETE', url: `${cors}/${String(id)}`}),
    )
  }
  if (failures.length > 0) {
    throw new Error(`Not removed, please delete by hand:\n${failures.join('\n')}`)
  }
}

const recordsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** @throws for a record of another form. */
export const hostedRecordIn = (value: unknown): HostedRecord => {
  if (!isRecord(value) || typeof value['date'] !== 'string') {
    throw new Error('The record of the hosted run has an unknown format.')
  }
  return {date: value['date'], results: recordsIn(value['results']).map(resultIn)}
}

const resultIn = ({subject, feature, outcome, reason}: Record<string, unknown>): Result => ({
  subject: String(subject),
  feature: String(feature),
  outcome: outcome === 'passes' || outcome === 'plan' ? outcome : 'fails',
  reason: typeof reason === 'string' ? reason : null,
})
