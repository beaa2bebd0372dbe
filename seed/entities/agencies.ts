/**
 * The photo agencies that the archive credits. The list is closed because an agency follows its
 * caption without a space, and only its name shows where the caption ends. Add names to
 * `agencies.json`.
 */
import {z} from 'zod'

import names from './agencies.json' with {type: 'json'}

export const agencies: readonly string[] = z.array(z.string().min(1)).parse(names)

/** What a name is: an agency if it is in the list, otherwise what its place in the source says. */
export function agencyOr<Kind extends string>(name: string, kind: Kind): Kind | 'agency' {
  return agencies.includes(name) ? 'agency' : kind
}
