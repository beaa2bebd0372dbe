import {checkFolder, type CheckedDataset} from '../../datasets/checkFolder.ts'
import {type Command, readOptions} from '../command.ts'
import {requireLake} from '../connectToLake.ts'

/** Milliseconds before the first word about how far it is, and between two. */
const PATIENCE = 2000

/** Exit code: something is wrong and was not repaired. */
const WRONG = 2

export const checkCommand: Command = {
  usage: 'check [--repair] [--dataset NAME]',
  summary: 'Checks the data, and repairs what can be derived from the documents.',
  help: [
    '--repair          rebuilds what is derived from the documents, where it is wrong:',
    '                  indexes, references, counters; keeps the files as they were before',
    '--dataset NAME    this one only',
    'Checks the datasets, the data derived from their documents, the history, and the',
    'bytes of the assets. A lake may run meanwhile, but not during a repair. Damaged',
    'documents, history and assets have to be restored from a snapshot.',
    'Exit code: 0 when all is well, 2 when something is wrong, 1 when it could not check.',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      dataset: {type: 'string'},
      repair: {type: 'boolean', default: false},
    })
    requireLake(values.data)
    let told = performance.now()
    const checked = await checkFolder(values.data, {
      dataset: values.dataset,
      repair: values.repair,
      onProgress: (dataset, what, done, total) => {
        if (performance.now() - told < PATIENCE) return
        told = performance.now()
        process.stderr.write(`${dataset}: ${done} of ${total} ${what}\n`)
      },
    })
    for (const dataset of checked) print(dataset)
    const wrong = checked.flatMap(({findings}) => findings)
    if (!values.repair && wrong.some(({isDerived}) => isDerived)) {
      console.log('Stop the lake and run "lake check --repair" to rebuild derived data.')
    }
    return wrong.length === 0 ? 0 : WRONG
  },
}

const print = ({name, findings, repaired, backup}: CheckedDataset): void => {
  if (backup !== null) {
    console.log(`${name}: repaired. The files as they were are in ${backup}.`)
    if (repaired > 0) console.log(`${name}: ${repaired} findings are no more.`)
  }
  if (findings.length === 0) console.log(`${name}: all is well.`)
  for (const {part, message} of findings) console.log(`${name}: ${part}: ${message}`)
}
