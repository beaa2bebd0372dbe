/** The `npm run seed` command: imports stories from files into the lake or hosted Sanity. */
import {writeFile} from 'node:fs/promises'

import {DEFAULT_DATASET} from '@copydesk/lake'

import {importStories} from '../seed/importStories.ts'
import {prepareImport} from '../seed/prepareImport.ts'
import {toNdjson} from '../seed/write/toNdjson.ts'
import {DATA_OPTION, TARGET_HELP} from './command/dataOption.ts'
import {describeImport} from './command/describeImport.ts'
import {openTarget} from './command/openTarget.ts'
import {ownStories} from './command/ownStories.ts'
import {createProgressBar} from './command/progressBar.ts'
import {readOptions} from './command/readOptions.ts'
import {CommandError, runCommand, UsageError} from './command/runCommand.ts'

const HELP = `Imports stories: files, or folders that are searched for .txt files (default: seed/*.txt).
Editors' changes are kept.

  npm run seed -- [FILES or folders…] [options]

  --dry-run           print what would be written, and write nothing
  --ndjson FILE       write the documents to a file for "sanity dataset import" instead
  --replace           set fields that differ from the source back to the source's values
${TARGET_HELP}
  -h, --help          this text

Writes to hosted Sanity if SANITY_STUDIO_PROJECT_ID, SANITY_STUDIO_DATASET and
SANITY_AUTH_TOKEN are set. The exit code is 1 if a file was refused.
`

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

await runCommand('seed', async (argv) => {
  const {values, positionals} = readOptions(
    {
      ...DATA_OPTION,
      dataset: {type: 'string'},
      'dry-run': {type: 'boolean', default: false},
      ndjson: {type: 'string'},
      replace: {type: 'boolean', default: false},
    },
    argv,
  )
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const files = positionals.length > 0 ? positionals : ownStories()
  const {ndjson, replace, 'dry-run': dryRun} = values
  if (ndjson !== undefined) {
    if (replace) throw new UsageError('--ndjson writes a file, so there is nothing to --replace.')
    return writeNdjson(files, ndjson, dryRun)
  }
  await using target = await openTarget({
    dataDir: values.data,
    dataset: values.dataset,
    environment: process.env,
  })
  say(`${dryRun ? 'Dry run: nothing is written to' : 'Importing into'} ${target.description}.`)
  const bar = createProgressBar(process.stderr, Date.now)
  const summary = await importStories({
    files,
    client: target.client,
    dryRun,
    replace,
    onProgress: ({done, total, file}) => bar.update(done, total, file),
  }).finally(() => bar.clear())
  for (const line of describeImport(summary)) say(line)
  return summary.refused.length > 0 ? 1 : 0
})

async function writeNdjson(
  files: readonly string[],
  path: string,
  dryRun: boolean,
): Promise<number> {
  const {documents, stories, refused} = await prepareImport(files)
  if (!dryRun) await writeOwn(path, toNdjson(documents))
  say(`${dryRun ? 'Would write' : 'Wrote'} ${documents.length} documents to ${path}.`)
  say(`Import them with: npm run sanity -- dataset import ${path} --dataset ${DEFAULT_DATASET}`)
  say(`or, in a hosted project: npx sanity dataset import ${path} --dataset ${DEFAULT_DATASET}`)
  for (const {file, review} of stories) {
    for (const {line, message} of review) say(`Review ${file}:${line}: ${message}`)
  }
  for (const {message} of refused) say(`Refused ${message}`)
  return refused.length > 0 ? 1 : 0
}

async function writeOwn(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    throw new CommandError(`--ndjson ${path} cannot be written`, {cause: error})
  }
}
