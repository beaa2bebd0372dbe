import {createWriteStream} from 'node:fs'
import {rename} from 'node:fs/promises'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'

import {DEFAULT_DATASET} from '../../open/createLake.ts'
import {type Command, operand, readOptions, UsageError} from '../command.ts'
import {connect} from '../connectToLake.ts'

export const exportCommand: Command = {
  usage: 'export FILE.ndjson',
  summary: 'Writes all documents, one JSON object a line.',
  help: [
    'FILE.ndjson       "-" is standard output',
    `--dataset NAME    (default ${DEFAULT_DATASET})`,
    'Assets are in a snapshot, and in the archives (.tar.gz) that',
    '"lake sanity dataset export DATASET ARCHIVE" writes.',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {
      dataset: {type: 'string', default: DEFAULT_DATASET},
    })
    const file = operand(positionals, 'FILE.ndjson')
    await using connection = await connect(values.data)
    const {body} = await connection.request(`/data/export/${encodeURIComponent(values.dataset)}`)
    const documents = Readable.from(body ?? [])
    if (file === '-') {
      await pipeline(documents, process.stdout, {end: false}).catch(brokeOff)
      return
    }
    // Whole or not at all: a file that breaks off looks like fewer documents.
    await pipeline(documents, createWriteStream(`${file}.part`, {mode: 0o600})).catch(brokeOff)
    await rename(`${file}.part`, file)
  },
}

/** The operating system's own words name the file; what the network says does not. */
const brokeOff = (error: unknown): never => {
  if (error instanceof Error && 'syscall' in error && 'path' in error) throw error
  throw new UsageError('The lake went away before the export was complete. Run it again.', {
    cause: error,
  })
}
