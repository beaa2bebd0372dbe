/** Reads `site.json`, in which a publication describes its archive. */
import {readFile} from 'node:fs/promises'

import {z} from 'zod'

import type {SiteProfile} from './formats/format.ts'

const profile = z.strictObject({
  source: z.string().trim().min(1).optional(),
  baseUrl: z.url({protocol: /^https?$/}).optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, 'This is not a time zone of the IANA database.')
    .optional(),
  language: z.string().min(2).optional(),
  section: z.string().trim().min(1).optional(),
  furnitureClasses: z.array(z.string().min(1)).optional(),
  pictureHosts: z
    .array(z.string().regex(/^[a-z\d.-]+$/, 'A host has no scheme and no path.'))
    .optional(),
  storyClasses: z.array(z.string().min(1)).optional(),
  accessCodes: z.record(z.string(), z.enum(['free', 'registered', 'subscriber'])).optional(),
  shortcodes: z.array(z.string().min(1)).optional(),
  postTypes: z.array(z.string().min(1)).min(1).optional(),
})

/** Throws an Error that names the file and the key. */
export async function readSite(file: string): Promise<SiteProfile> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${String(error)}`, {cause: error})
  }
  const read = profile.safeParse(value)
  if (read.success) return read.data
  const faults = read.error.issues.map(
    ({message, path}) => `${path.join('.') || 'the whole'}: ${message}`,
  )
  throw new Error(`${file} is not a description of a site. ${faults.join(' ')}`)
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
