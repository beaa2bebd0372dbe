import {createLake} from '../../open/createLake.ts'
import {type Command, readOptions, UsageError} from '../command.ts'
import {requireLake} from '../connectToLake.ts'

export const resetCommand: Command = {
  usage: 'reset [--dataset NAME] --yes',
  summary: 'Empties the datasets: documents, history and assets.',
  help: [
    '--dataset NAME    this one only',
    '--yes             needed, because nothing brings them back',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      dataset: {type: 'string'},
      yes: {type: 'boolean', default: false},
    })
    if (!values.yes) {
      throw new UsageError(
        'This deletes documents, history and assets for good. Take a snapshot, and say --yes.',
      )
    }
    requireLake(values.data)
    await using lake = createLake({dataDir: values.data, datasets: []})
    await lake.reset(values.dataset)
    console.log(
      values.dataset === undefined ? 'All datasets are empty.' : `${values.dataset} is empty.`,
    )
  },
}
