/** `lake snapshot` and `lake restore`: copies a whole lake to a folder, and back. */
import {type Command, argument, readOptions} from '../command.ts'

export const snapshotCommand: Command = {
  usage: 'snapshot FOLDER',
  summary: 'Copy everything to a new folder; the lake may be running.',
  help: [
    'FOLDER            the folder to create; it must be empty if it exists',
    '',
    'A snapshot contains the documents, history and assets of all datasets, the hashes of tokens, and',
    'webhooks with their secrets, but no sessions.',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {})
    const folder = argument(positionals, 'FOLDER')
    const {snapshotFolder} = await import('../../datasets/snapshots/snapshot.ts')
    await snapshotFolder(values.data, folder)
    console.log(`Wrote a snapshot of ${values.data} to ${folder}.`)
  },
}

export const restoreCommand: Command = {
  usage: 'restore FOLDER [--replace] [--keep-tokens]',
  summary: 'Restore the data folder from a snapshot.',
  help: [
    'FOLDER            the snapshot; it is checked before anything is replaced',
    '--replace         replace the present content of the data folder',
    '--keep-tokens     keep the tokens of the snapshot valid, so that programs can go on using them,',
    '                  and its webhooks switched on;',
    '                  only for your own snapshots, because tokens in it then give access',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {
      replace: {type: 'boolean', default: false},
      'keep-tokens': {type: 'boolean', default: false},
    })
    const folder = argument(positionals, 'FOLDER')
    const {replace, 'keep-tokens': keepTokens} = values
    const {restoreSnapshot} = await import('../../datasets/snapshots/restoreSnapshot.ts')
    const {tokens, hooks, missingAssets} = await restoreSnapshot(folder, values.data, {
      replace,
      keepTokens,
    })
    console.log(`Restored ${values.data} from ${folder}.`)
    if (missingAssets > 0) {
      console.log(`The files of ${missingAssets} assets are missing from the snapshot.`)
    }
    if (hooks > 0 && !keepTokens) {
      console.log(`Webhooks of the snapshot that are switched off now: ${hooks}.`)
    }
    if (tokens === 0) return
    const count = tokens === 1 ? '1 token' : `${tokens} tokens`
    console.log(
      keepTokens
        ? `The snapshot contains ${count}, still valid.`
        : `The snapshot contains ${count}, no longer valid. Create new ones, or, if you trust the ` +
            'snapshot, restore it again with --replace --keep-tokens.',
    )
  },
}
