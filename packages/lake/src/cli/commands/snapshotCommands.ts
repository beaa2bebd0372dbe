import {restoreSnapshot} from '../../datasets/snapshots/restoreSnapshot.ts'
import {snapshotFolder} from '../../datasets/snapshots/snapshot.ts'
import {type Command, operand, readOptions} from '../command.ts'

export const snapshotCommand: Command = {
  usage: 'snapshot FOLDER',
  summary: 'Copies everything to a new folder, while the lake runs or not.',
  help: [
    'FOLDER            must be empty or not there yet',
    'It holds documents, history and assets of all datasets, and hashes of the tokens; no sessions.',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {})
    const folder = operand(positionals, 'FOLDER')
    await snapshotFolder(values.data, folder)
    console.log(`${folder} holds what ${values.data} held.`)
  },
}

export const restoreCommand: Command = {
  usage: 'restore FOLDER [--replace] [--keep-tokens]',
  summary: 'Makes the data folder hold what a snapshot holds.',
  help: [
    'FOLDER            a snapshot; it is looked through before anything is replaced',
    '--replace         what the data folder holds now may go',
    '--keep-tokens     the tokens of the snapshot stay good: for a snapshot of your own, when the',
    '                  same programs are to go on; not for one from somebody else, who could then',
    '                  use a token that is in it',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {
      replace: {type: 'boolean', default: false},
      'keep-tokens': {type: 'boolean', default: false},
    })
    const folder = operand(positionals, 'FOLDER')
    const {replace, 'keep-tokens': keepTokens} = values
    const {tokens, missingAssets} = await restoreSnapshot(folder, values.data, {
      replace,
      keepTokens,
    })
    console.log(`${values.data} holds what ${folder} holds.`)
    if (missingAssets > 0) {
      console.log(`${missingAssets} assets have a document, but no bytes in the snapshot.`)
    }
    if (tokens === 0) return
    const count = tokens === 1 ? '1 token' : `${tokens} tokens`
    console.log(
      keepTokens
        ? `The snapshot holds ${count}, which can be used again.`
        : `The snapshot holds ${count}, which cannot be used: make new ones, or restore it ` +
            'again with --replace --keep-tokens if you trust it.',
    )
  },
}
