import type {ValidationContext} from 'sanity'

import {isRecord, refOf} from '../untyped.ts'
import {rawClient} from './clients.ts'

const extension = /\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$/i

const bare = (name: string): string => name.trim().toLowerCase().replace(extension, '')

/** A file name describes nothing. */
export const altIsNotFileName = async (value: string | undefined, context: ValidationContext) => {
  const asset = isRecord(context.parent) ? refOf(context.parent['asset']) : undefined
  if (!value || !asset) return true
  const fileName = await rawClient(context).fetch<string | null>(
    '*[_id == $asset][0].originalFilename',
    {asset},
  )
  return (
    (!extension.test(value.trim()) && bare(value) !== bare(fileName ?? '')) ||
    'Say what the picture shows: this is the name of its file.'
  )
}
