import {existsSync} from 'node:fs'

import {exportDataset as exportWith} from '@sanity/export'

import {clientFor} from './clientFor.ts'
import type {OpenLake} from './openLake.ts'
import {readOptions} from './readOptions.ts'
import {CommandError, UsageError} from './runCommand.ts'

/**
 * Whether it is `dataset export`, the only command whose requests the CLI does not allow to
 * redirect.
 */
export const isExport = ([topic, command]: readonly string[]): boolean =>
  (topic === 'dataset' || topic === 'datasets') && command === 'export'

/** Writes a dataset to a file with the library that the CLI uses. */
export const exportDataset = async (lake: OpenLake, argv: readonly string[]): Promise<number> => {
  const {values, positionals} = readOptions(
    {
      'no-assets': {type: 'boolean', default: false},
      'no-drafts': {type: 'boolean', default: false},
      raw: {type: 'boolean', default: false},
      overwrite: {type: 'boolean', default: false},
      types: {type: 'string'},
    },
    argv,
  )
  const [dataset = 'production', outputPath = `${dataset}.tar.gz`, ...more] = positionals
  if (more.length > 0) throw new UsageError(`Unexpected arguments: ${more.join(' ')}`)
  if (existsSync(outputPath) && !values.overwrite) {
    throw new CommandError(`${outputPath} exists. Name another file, or add --overwrite.`)
  }
  const {
    outputPath: written,
    documentCount,
    assetCount,
  } = await exportWith({
    client: clientFor({...lake, dataset, apiHost: lake.url}),
    dataset,
    outputPath,
    assets: !values['no-assets'],
    drafts: !values['no-drafts'],
    raw: values.raw,
    ...(values.types !== undefined && {types: values.types.split(',')}),
  })
  process.stdout.write(
    `Exported ${documentCount} documents and ${assetCount} assets to ${written}\n`,
  )
  return 0
}
