/** The `npm run import` command: brings a newsroom's archive into the lake or hosted Sanity. */
import {randomBytes} from 'node:crypto'
import {createInterface} from 'node:readline/promises'

import type {SiteProfile} from '../archive/formats/format.ts'
import {importArchive} from '../archive/importArchive.ts'
import {MappingFault} from '../archive/mapping/tables.ts'
import {type Chosen, readChosen} from '../archive/readChosen.ts'
import {readSite} from '../archive/readSite.ts'
import {writeReport} from '../archive/report/writeReport.ts'
import {undoImport} from '../archive/undoImport.ts'
import {Unreachable} from '../archive/write/writeStories.ts'
import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'
import {DATA_OPTION, TARGET_HELP} from './command/dataOption.ts'
import {describeArchive, exitCodeOf} from './command/describeArchive.ts'
import {openTarget, type Target} from './command/openTarget.ts'
import {createProgressBar} from './command/progressBar.ts'
import {readOptions} from './command/readOptions.ts'
import {CommandError, runCommand, UsageError} from './command/runCommand.ts'
import {openWorkFolder} from './command/workFolder.ts'

const HELP = `Imports the archive of a newsroom: files, folders, .zip or .tar.gz. The format follows from the
content: text dumps, WordPress and Ghost exports, saved pages, ANS, ninjs. Editors' changes are
kept; a second run writes nothing.

  npm run import -- PATH… [options]

  --dry-run           say what would be written, and write nothing
  --site FILE         a site.json, which describes the former site: see archive/README.md
  --map DIR           tables of decisions about authors, topics, sections and credits; with
                      --dry-run, writes the names of the archive into them
  --only FILE         import only the stories in this list: one id, address or slug a line
  --pictures copy     upload pictures from the archive and from the hosts in site.json; without it,
                      or with keep-url, stories keep the addresses of their pictures; with skip,
                      the report lists these pictures as well
  --report DIR        write index.html, report.json, flags.csv and redirects.csv into this folder
  --studio URL        address of the Studio, for links in the report; that of a running lake is known
  --replace           set fields that differ from the source back to the source's values
  --undo RUN          delete what this run created and nobody has changed since
  --yes               write to hosted Sanity without asking
${TARGET_HELP}
  -h, --help          this text

Writes to hosted Sanity if SANITY_STUDIO_PROJECT_ID, SANITY_STUDIO_DATASET and SANITY_AUTH_TOKEN are
set. Exit codes: 0 done, 1 something was refused, 2 wrong usage, 3 the totals do not add up, 4 the
dataset cannot be reached, 130 interrupted.
`

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

keepMemoryLow()

await runCommand('import', async (argv) => {
  const {values, positionals} = readOptions(
    {
      ...DATA_OPTION,
      dataset: {type: 'string'},
      'dry-run': {type: 'boolean', default: false},
      map: {type: 'string'},
      only: {type: 'string'},
      pictures: {type: 'string', default: 'keep-url'},
      replace: {type: 'boolean', default: false},
      report: {type: 'string'},
      site: {type: 'string'},
      studio: {type: 'string'},
      undo: {type: 'string'},
      yes: {type: 'boolean', default: false},
    },
    argv,
  )
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  if (values.undo === undefined && positionals.length === 0) {
    throw new UsageError('Name the files, folders or archives to import.')
  }
  if (values.undo !== undefined && positionals.length > 0) {
    throw new UsageError('--undo takes back a run; it imports nothing.')
  }
  const {pictures} = values
  if (pictures !== 'copy' && pictures !== 'keep-url' && pictures !== 'skip') {
    throw new UsageError(`--pictures is copy, keep-url or skip, not ${pictures}.`)
  }
  if (values.studio !== undefined && !/^https?:$/.test(URL.parse(values.studio)?.protocol ?? '')) {
    throw new UsageError(`--studio is an address like http://localhost:3333, not ${values.studio}.`)
  }
  const site = (await readNamed(values.site, readSite)) ?? {}
  const only = await readNamed(values.only, readChosen)
  try {
    await using target = await openTarget({
      dataDir: values.data,
      dataset: values.dataset,
      environment: process.env,
    })
    if (!values['dry-run'] && !values.yes) await confirmHosted(target)
    if (values.undo !== undefined) return await undo(target, values.undo)
    return await run(target, positionals, {...values, only, pictures, site})
  } catch (error) {
    if (error instanceof MappingFault) throw new UsageError(error.message)
    if (!isUnreachable(error)) throw error
    process.stderr.write(`The dataset cannot be reached: ${error.message}\n`)
    return 4
  }
})

interface Values {
  readonly 'dry-run': boolean
  readonly map?: string | undefined
  readonly only: Chosen | undefined
  readonly pictures: 'copy' | 'keep-url' | 'skip'
  readonly site: SiteProfile
  readonly replace: boolean
  readonly report?: string | undefined
  readonly studio?: string | undefined
}

async function run(target: Target, paths: readonly string[], values: Values): Promise<number> {
  const dryRun = values['dry-run']
  const runId = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}-${randomBytes(3).toString('hex')}`
  say(
    `${dryRun ? 'Dry run: nothing is written to' : 'Importing into'} ${target.description}. Run ${runId}.`,
  )
  await using workFolder = await openWorkFolder()
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const bar = createProgressBar(process.stderr, Date.now)
  const startedAt = Date.now()
  try {
    const report = await importArchive({
      paths,
      client: target.client,
      site: values.site,
      mapFolder: values.map,
      only: values.only,
      pictures: values.pictures,
      workFolder: workFolder.path,
      run: runId,
      dryRun,
      replace: values.replace,
      signal: stop.signal,
      onProgress: (done, total, title) =>
        bar.update(done, total, `${paceOf(done, total, Date.now() - startedAt)} ${title}`),
    }).finally(() => bar.clear())
    for (const line of describeArchive(report)) say(line)
    if (values.map !== undefined && dryRun && !report.interrupted) {
      say(`Wrote authors.csv, topics.csv, sections.csv and credits.csv into ${values.map}`)
    }
    if (values.report !== undefined) {
      for (const file of await writeReport(values.report, report, values.studio ?? target.studio))
        say(`Wrote ${file}`)
    }
    return exitCodeOf(report)
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

/** `120/s, 3 min left` */
function paceOf(done: number, total: number, milliseconds: number): string {
  const rate = (done * 1000) / Math.max(1, milliseconds)
  const seconds = (total - done) / Math.max(rate, 0.001)
  const left = seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
  return `${Math.round(rate)}/s, ${left} left`
}

async function undo(target: Target, runId: string): Promise<number> {
  const {deleted, kept} = await undoImport(target.client, runId)
  for (const id of kept) say(`Kept ${id}: other documents refer to it, or it has changed.`)
  say(`Deleted ${deleted.length} documents of run ${runId} from ${target.description}.`)
  return 0
}

/** Before anything is written to a project that others see. */
async function confirmHosted({description}: Target): Promise<void> {
  if (!description.startsWith('hosted')) return
  if (!process.stdin.isTTY) {
    throw new UsageError(`This would write to ${description}. Add --yes if that is what you want.`)
  }
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  const answer = await terminal.question(`Write to ${description}? Type yes: `)
  terminal.close()
  if (answer.trim() !== 'yes') throw new CommandError('Nothing was written.')
}

/** A file that the user names and that cannot be read is a wrong option. */
async function readNamed<Result>(
  file: string | undefined,
  read: (file: string) => Promise<Result>,
): Promise<Result | undefined> {
  if (file === undefined) return undefined
  try {
    return await read(file)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function isUnreachable(error: unknown): error is Error {
  if (error instanceof Unreachable) return true
  return (
    error instanceof Error &&
    /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|fetch failed|socket hang up/.test(
      String(error.cause ?? error),
    )
  )
}
