/** `lake trim`: deletes old history, and assets that only old history refers to. */
import {internalsOf} from '../../open/internals.ts'
import {type Command, readOptions, UsageError} from '../command.ts'
import {openFolder} from '../connectToLake.ts'

const DAY = 24 * 60 * 60 * 1000

export const trimCommand: Command = {
  usage: 'trim --keep-days N',
  summary: 'Delete old history, which is kept for ever otherwise.',
  help: [
    '--keep-days N     keep the history of the last N days, and assets deleted since then',
    '--dataset NAME    trim this dataset only',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      'keep-days': {type: 'string'},
      dataset: {type: 'string'},
    })
    const days = Number(values['keep-days'])
    if (values['keep-days'] === undefined || !Number.isInteger(days) || days < 0) {
      throw new UsageError('--keep-days must be a whole number: 0 or more.')
    }
    await using lake = await openFolder(values.data)
    const names = values.dataset === undefined ? lake.datasets() : [values.dataset]
    const before = Date.now() - days * DAY
    const since = new Date(before).toISOString()
    for (const name of names) {
      const {dataset, firstUnread} = internalsOf(lake)
      const {store} = dataset(name)
      const first = store.history.sequenceAt(since) + 1
      const unread = firstUnread(name)
      store.trimHistory(Math.min(first, unread))
      console.log(
        unread < first
          ? `${name}: history that a webhook has not read yet is kept; see "lake hook list".`
          : `${name}: history now starts at ${since}.`,
      )
    }
    // Documents without history cannot be restored, so their assets are not needed either.
    const removed = await internalsOf(lake).sweepAssets(before, names)
    if (removed.length > 0) console.log(`Removed the files of ${removed.length} deleted assets.`)
  },
}
