/** Writes the new and replaced documents of one story in one transaction. */
import type {SanityClient, Transaction} from '@sanity/client'

import {TRANSACTION_PREFIX, type DocumentPlan} from './planDocument.ts'

/**
 * Makes no request when there is nothing to write. A document created since the plan was made is
 * left alone; a document changed since makes the whole transaction fail with the client’s own error
 * (409).
 */
export async function writeStory(
  plans: readonly DocumentPlan[],
  client: SanityClient,
  newId: () => string,
): Promise<void> {
  const created = plans.filter(({outcome}) => outcome === 'created')
  const replaced = plans.filter(({outcome}) => outcome === 'replaced')
  if (created.length + replaced.length === 0) return

  const transaction = transactionOf([...created, ...replaced], client, newId())
  await transaction.commit({visibility: 'sync', autoGenerateArrayKeys: false})
}

/** One transaction that creates and replaces documents. @param id Follows the import's own prefix. */
export function transactionOf(
  plans: readonly DocumentPlan[],
  client: SanityClient,
  id: string,
): Transaction {
  const transaction = client.transaction().transactionId(TRANSACTION_PREFIX + id)
  for (const {document, fields = [], outcome, revision} of plans) {
    if (outcome === 'created') {
      transaction.createIfNotExists<Record<string, unknown>>(document)
      continue
    }
    const set = Object.fromEntries(
      Object.entries(document).filter(([field]) => fields.includes(field)),
    )
    transaction.patch(document._id, {set, ...(revision && {ifRevisionID: revision})})
  }
  return transaction
}
