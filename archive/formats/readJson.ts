/** For formats in JSON: parsing a file, naming the faults of its records, and their checksums. */
import {createHash} from 'node:crypto'

import type {z} from 'zod'

import {Refusal} from '../../seed/parse/refusal.ts'

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

export function checksumOf(record: string): string {
  return createHash('sha256').update(record).digest('hex')
}
