/**
 * `lake check`: checks the data of a lake, and repairs indexes and other data that follow from the
 * documents.
 */
import type {CheckedDataset} from '../../datasets/checkFolder.ts'
import {type Command, readOptions} from '../command.ts'
import {requireLake} from '../connectToLake.ts'

/** Milliseconds before the first progress message, and between two. */
const PROGRESS_INTERVAL = 2000

/** Exit code when problems remain. */
const PROBLEMS_LEFT = 2

export const checkCommand: Command = {
  usage: 'check [--repair] [--dataset NAME]',
  summary: 'Check the data; repair indexes, references and counters.',
  help: [
    '--repair          rebuild indexes, references and counters from the documents where they are',
    '                  wrong; keeps a copy of the files as they were',
    '--dataset NAME    check this dataset only',
    '',
    'Checks documents, indexes, history and the bytes of assets. The lake may be running during a',
    'check, but not during a repair. Damaged documents, history and assets cannot be repaired:',
    'restore them from a snapshot.',
    '',
    'Exit code: 0 no problems, 1 the check failed, 2 problems found.',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      dataset: {type: 'string'},
      repair: {type: 'boolean', default: false},
    })
    requireLake(values.data)
    const {checkFolder} = await import('../../datasets/checkFolder.ts')
    let printed = performance.now()
    const checked = await checkFolder(values.data, {
      dataset: values.dataset,
      repair: values.repair,
      onProgress: (dataset, what, done, total) => {
        if (performance.now() - printed < PROGRESS_INTERVAL) return
        printed = performance.now()
        process.stderr.write(`${dataset}: ${done} of ${total} ${what}\n`)
      },
    })
    for (const dataset of checked) print(dataset)
    const wrong = checked.flatMap(({findings}) => findings)
    if (!values.repair && wrong.some(({isDerived}) => isDerived)) {
      console.log(
        'To rebuild indexes, references and counters, stop the lake and run "lake check --repair".',
      )
    }
    return wrong.length === 0 ? 0 : PROBLEMS_LEFT
  },
}

const print = ({name, findings, repaired, backup}: CheckedDataset): void => {
  if (backup !== null) {
    console.log(`${name}: repaired. The original files are in ${backup}.`)
    if (repaired > 0) console.log(`${name}: ${repaired} problems fixed.`)
  }
  if (findings.length === 0) console.log(`${name}: no problems found.`)
  for (const {part, message} of findings) console.log(`${name}: ${part}: ${message}`)
}
