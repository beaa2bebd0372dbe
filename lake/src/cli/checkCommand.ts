import {checkFolder, type CheckedDataset} from '../datasets/checkFolder.ts'
import {type Command, readOptions} from './command.ts'
import {demandLake} from './connection.ts'

/** Milliseconds before the first word about how far it is, and between two. */
const PATIENCE = 2000

/** Something is wrong, and is still. */
const WRONG = 2

export const checkCommand: Command = {
  usage: 'check [--repair] [--dataset NAME]',
  summary: 'Looks whether the data is sound, and makes anew what can be.',
  help: [
    '--repair          makes anew what follows from the documents where it is wrong:',
    '                  indexes, references, counters; keeps the files as they were before',
    '--dataset NAME    this one only',
    'Looks at the files of the datasets, at what follows from their documents, at',
    'history, and at the bytes of the assets. A lake may run meanwhile, but not for',
    'a repair. Documents, history and assets that are damaged come from a snapshot.',
    'Ends with 0 when all is well, 2 when something is wrong, 1 when it cannot look.',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      dataset: {type: 'string'},
      repair: {type: 'boolean', default: false},
    })
    demandLake(values.data)
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
      console.log('Stop the lake and run "lake check --repair" to make anew what can be.')
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
