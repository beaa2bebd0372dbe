/** JSON in files and in the index, the faults of records, and their checksums. */
import {createHash} from 'node:crypto'

import type {z} from 'zod'

import {Refusal} from '../../seed/parse/refusal.ts'
import type {ArchiveIndex} from './format.ts'

/** Throws a Refusal that names the file. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Refusal(path, 0, 'JSON', error instanceof Error ? error.message : String(error))
  }
}

/** The first three faults: `posts.0.title: expected string`. */
export function faultsOf({issues}: z.ZodError): string {
  const faults = issues.slice(0, 3).map(({message, path}) => `${path.join('.')}: ${message}`)
  return faults.join('; ')
}

/** A value that was put into the index as JSON; undefined if there is none. */
export function indexed<Value>(
  index: ArchiveIndex,
  kind: string,
  key: string,
  model: z.ZodType<Value>,
): Value | undefined {
  const found = index.get(kind, key)
  return found === undefined ? undefined : model.parse(JSON.parse(found))
}

export function checksumOf(record: string | Uint8Array): string {
  return createHash('sha256').update(record).digest('hex')
}
