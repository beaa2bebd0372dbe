/** `lake reset`: empties datasets. */
import {type Command, readOptions, UsageError} from '../command.ts'
import {openFolder} from '../connectToLake.ts'

export const resetCommand: Command = {
  usage: 'reset [--dataset NAME] --yes',
  summary: 'Delete all documents, history and assets.',
  help: [
    '--dataset NAME    empty this dataset only',
    '--yes             required, because the data cannot be recovered',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      dataset: {type: 'string'},
      yes: {type: 'boolean', default: false},
    })
    if (!values.yes) {
      throw new UsageError(
        'This deletes all documents, history and assets permanently. To go on, add --yes.',
      )
    }
    await using lake = await openFolder(values.data)
    await lake.reset(values.dataset)
    console.log(
      values.dataset === undefined
        ? 'All datasets are now empty.'
        : `The dataset ${values.dataset} is now empty.`,
    )
  },
}
