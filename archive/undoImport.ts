/**
 * Undoes one run of the import: deletes the documents that it created and that nobody has changed
 * since. Their `_rev` is still the run's transaction; a later edit would have given them another.
 */
import {ClientError, type SanityClient} from '@sanity/client'
import {z} from 'zod'

import {TRANSACTION_PREFIX} from '../seed/write/planDocument.ts'

export interface Undone {
  readonly deleted: readonly string[]
  /** Created by the run, and still needed: something else refers to them. */
  readonly kept: readonly string[]
}

const found = z.array(z.object({_id: z.string(), _rev: z.string()}))

type Found = z.infer<typeof found>[number]

const AT_ONCE = 100

/** Articles first: they refer to the others. */
const CREATED = `*[string::startsWith(_rev, $prefix) && _createdAt == _updatedAt]
  | order(_type == "article" desc, _id asc) {_id, _rev}`

export async function undoImport(given: SanityClient, run: string): Promise<Undone> {
  const client = given.withConfig({perspective: 'raw', useCdn: false})
  const created = found.parse(
    await client.fetch<unknown>(CREATED, {prefix: `${TRANSACTION_PREFIX}${run}-`}),
  )
  const deleted: string[] = []
  let waiting = created
  // What refers to a document must be deleted first, so this repeats until nothing more can be deleted.
  for (let before = -1; waiting.length > 0 && waiting.length !== before;) {
    before = waiting.length
    const left: Found[] = []
    for (let at = 0; at < waiting.length; at += AT_ONCE) {
      left.push(...(await remove(client, waiting.slice(at, at + AT_ONCE))))
    }
    const stays = new Set(left.map(({_id}) => _id))
    deleted.push(...waiting.flatMap(({_id}) => (stays.has(_id) ? [] : _id)))
    waiting = left
  }
  return {deleted, kept: waiting.map(({_id}) => _id)}
}

/**
 * Deletes these together, or, if the dataset refuses, in halves. Returns the documents that it cannot
 * delete, because they have changed since or others refer to them.
 */
async function remove(
  client: SanityClient,
  documents: readonly Found[],
): Promise<readonly Found[]> {
  const transaction = client.transaction()
  for (const {_id, _rev} of documents) {
    // Only a patch can be tied to a revision; this one changes nothing.
    transaction.patch(_id, {ifRevisionID: _rev, unset: ['undone']}).delete(_id)
  }
  try {
    await transaction.commit({visibility: 'async'})
    return []
  } catch (error) {
    if (!(error instanceof ClientError) || error.statusCode !== 409) throw error
    if (documents.length === 1) return documents
    const half = Math.ceil(documents.length / 2)
    return [
      ...(await remove(client, documents.slice(0, half))),
      ...(await remove(client, documents.slice(half))),
    ]
  }
}
