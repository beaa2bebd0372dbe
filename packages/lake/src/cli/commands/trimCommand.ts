import {createLake} from '../../open/createLake.ts'
import {internalsOf} from '../../open/internals.ts'
import {type Command, readOptions, UsageError} from '../command.ts'
import {requireLake} from '../connectToLake.ts'

const DAY = 24 * 60 * 60 * 1000

export const trimCommand: Command = {
  usage: 'trim --keep-days N',
  summary: 'Forgets old history. All of it is kept until this is run.',
  help: [
    '--keep-days N     history of the last N days stays, and so do assets deleted since then',
    '--dataset NAME    this one only',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {
      'keep-days': {type: 'string'},
      dataset: {type: 'string'},
    })
    const days = Number(values['keep-days'])
    if (values['keep-days'] === undefined || !Number.isInteger(days) || days < 0) {
      throw new UsageError('--keep-days must be a whole number of days.')
    }
    requireLake(values.data)
    await using lake = createLake({dataDir: values.data, datasets: []})
    const names = values.dataset === undefined ? lake.datasets() : [values.dataset]
    const before = Date.now() - days * DAY
    const since = new Date(before).toISOString()
    for (const name of names) {
      const {store} = internalsOf(lake).dataset(name)
      store.trimHistory(store.history.sequenceAt(since) + 1)
      console.log(`${name}: history begins at ${since}.`)
    }
    // Without their history nothing can bring their documents back.
    const removed = await internalsOf(lake).sweepAssets(before, names)
    if (removed.length > 0) console.log(`${removed.length} deleted assets are gone for good.`)
  },
}
