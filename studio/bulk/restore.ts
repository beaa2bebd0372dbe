/** Many stories at once: the state of one story in the lake, and the way back to an earlier state. */
import type {SanityClient, SanityDocument} from '@sanity/client'

/** The documents of one story by their ids: the published one, its draft, perhaps a version. */
export type StoryDocuments = ReadonlyMap<string, SanityDocument>

/** Reads the documents with these ids that exist. */
export const readDocuments = async (
  client: SanityClient,
  ids: readonly string[],
): Promise<StoryDocuments> => {
  const found = await client
    .withConfig({perspective: 'raw', useCdn: false})
    .fetch<SanityDocument[]>('*[_id in $ids]', {ids: [...ids]})
  return new Map(found.map((document) => [document._id, document]))
}

/**
 * Writes the earlier state of a story again, in one transaction.
 * @throws the lake's error with `statusCode` 409 if someone has changed the story since
 */
export const restore = async (
  client: SanityClient,
  before: StoryDocuments,
  after: StoryDocuments,
): Promise<void> => {
  const transaction = client.transaction()
  for (const {_id, _rev, _type} of after.values()) {
    // Changes nothing: it stops the transaction if the document has another revision by now.
    transaction.patch(_id, {ifRevisionID: _rev, setIfMissing: {_type}})
  }
  for (const {_rev, _updatedAt, ...document} of before.values()) {
    transaction.createOrReplace(document)
  }
  for (const id of after.keys()) if (!before.has(id)) transaction.delete(id)
  await transaction.commit({tag: 'bulk.undo'})
}
