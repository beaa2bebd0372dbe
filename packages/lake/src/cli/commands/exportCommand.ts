/** `lake export`: writes all documents of a dataset to an NDJSON file. */
import {createWriteStream} from 'node:fs'
import {rename} from 'node:fs/promises'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'

import {DEFAULT_DATASET} from '../../open/lakeOptions.ts'
import {type Command, argument, readOptions, UsageError} from '../command.ts'
import {connect} from '../connectToLake.ts'

export const exportCommand: Command = {
  usage: 'export FILE.ndjson',
  summary: 'Write all documents to a file, one JSON object per line.',
  help: [
    'FILE.ndjson       the file to write; "-" for standard output',
    `--dataset NAME    the dataset to export (default ${DEFAULT_DATASET})`,
    '',
    'The file does not include assets. To export them too, use "lake snapshot", or write an archive',
    '(.tar.gz) with "lake sanity dataset export DATASET ARCHIVE".',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {
      dataset: {type: 'string', default: DEFAULT_DATASET},
    })
    const file = argument(positionals, 'FILE.ndjson')
    await using connection = await connect(values.data)
    const {body} = await connection.request(`/data/export/${encodeURIComponent(values.dataset)}`)
    const documents = Readable.from(body ?? [])
    if (file === '-') {
      await pipeline(documents, process.stdout, {end: false}).catch(brokeOff)
      return
    }
    // Renamed when it is complete: an incomplete file would look like a dataset with fewer documents.
    await pipeline(documents, createWriteStream(`${file}.part`, {mode: 0o600})).catch(brokeOff)
    await rename(`${file}.part`, file)
  },
}

/** Errors of the file system name the file; errors of the network say nothing useful. */
const brokeOff = (error: unknown): never => {
  if (error instanceof Error && 'syscall' in error && 'path' in error) throw error
  throw new UsageError('The lake stopped before the export was complete. Run the export again.', {
    cause: error,
  })
}
