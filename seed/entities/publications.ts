/**
 * The publications behind the archive’s names for sites. The time zone is the newsroom’s, because
 * the archive prints local times without one. Add a publication to `publications.json`.
 */
import {z} from 'zod'

import entries from './publications.json' with {type: 'json'}

const publication = z.strictObject({
  name: z.string().min(1),
  baseUrl: z.url().optional(),
  /** IANA name. */
  timeZone: z.string().refine(isTimeZone, 'No time zone of the IANA database.'),
  /** BCP 47. */
  language: z.string().min(2),
})

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export type Publication = z.infer<typeof publication>

const known = new Map(Object.entries(z.record(z.string(), publication).parse(entries)))

/** The whole table. */
export const publications: readonly Publication[] = [...known.values()]

/** Undefined for a site that is not in the table. */
export function knownPublication(site: string): Publication | undefined {
  return known.get(site.toLowerCase())
}

/** A site that is not in the table is assumed to be British, like the archive’s others. */
export function publicationOf(site: string): Publication {
  return knownPublication(site) ?? {name: site, timeZone: 'Europe/London', language: 'en-GB'}
}
