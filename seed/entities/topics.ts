/**
 * The topics behind the archive’s labels. A label alone does not show whether it is a section, a
 * place or a person, so the known ones are listed in `topics.json`; add yours there. `wikidata` is
 * the item’s id, from which the document’s id is made; `country` is its ISO 3166-1 alpha-2 code.
 */
import {z} from 'zod'

import {topicKind} from '../model/seedDocument.ts'
import entries from './topics.json' with {type: 'json'}

const topicEntry = z.strictObject({
  name: z.string().min(1),
  kind: topicKind,
  /** Other labels for the same thing. */
  aliases: z.array(z.string().min(1)).min(1).optional(),
  wikidata: z
    .string()
    .regex(/^Q[1-9]\d*$/)
    .optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
})

export type TopicEntry = z.infer<typeof topicEntry>

/** The whole table. */
export const topicEntries: readonly TopicEntry[] = z.array(topicEntry).parse(entries)

const known = new Map(
  topicEntries.flatMap((entry) =>
    [entry.name, ...(entry.aliases ?? [])].map((label) => [label, entry] as const),
  ),
)

/** By exact name or alias. Undefined for a label that is not in the table. */
export function knownTopic(label: string): TopicEntry | undefined {
  return known.get(label)
}
