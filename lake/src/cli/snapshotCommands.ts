import {restoreSnapshot, snapshotFolder} from '../datasets/snapshot.ts'
import {type Command, operand, readOptions} from './command.ts'

export const snapshotCommand: Command = {
  usage: 'snapshot FOLDER',
  summary: 'Copies everything to a new folder, while the lake runs or not.',
  help: ['FOLDER            must be empty or not there yet'],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {})
    const folder = operand(positionals, 'FOLDER')
    await snapshotFolder(values.data, folder)
    console.log(`${folder} holds what ${values.data} held.`)
  },
}

export const restoreCommand: Command = {
  usage: 'restore FOLDER [--replace]',
  summary: 'Makes the data folder hold what a snapshot holds.',
  help: ['FOLDER            a snapshot', '--replace         what the data folder holds now may go'],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {replace: {type: 'boolean', default: false}})
    const folder = operand(positionals, 'FOLDER')
    await restoreSnapshot(folder, values.data, {replace: values.replace})
    console.log(`${values.data} holds what ${folder} holds.`)
  },
}
