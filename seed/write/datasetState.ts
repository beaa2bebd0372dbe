/** What a dataset holds of the documents an import is about: read in bulk, then kept up to date. */
import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {addressOf} from '../documents/freeSlug.ts'
import type {SeedDocument} from '../model/seedDocument.ts'

const storedDocument = z.looseObject({_id: z.string(), _type: z.string(), _rev: z.string()})
const addresses = z.array(
  z.object({_id: z.string(), _type: z.string(), slugs: z.array(z.string())}),
)

export type StoredDocument = z.infer<typeof storedDocument>

export interface DatasetState {
  readonly documents: Map<string, StoredDocument>
  /** Ids, without `drafts.`, of documents that have a draft. */
  readonly drafts: Set<string>
  /** Which document holds an address, now or as one it retired. */
  readonly addresses: Map<string, string>
}

const DRAFT = 'drafts.'
const BY_ID = '*[_id in $ids]'
const BY_SLUG = '*[slug.current in $slugs]{_id, _type, "slugs": [slug.current]}'
const RETIRED = '*[defined(previousSlugs)]{_id, _type, "slugs": previousSlugs[].slug}'

/** The state as far as nothing depends on which documents are asked for. */
export async function openDatasetState(client: SanityClient): Promise<DatasetState> {
  const state = {documents: new Map(), drafts: new Set<string>(), addresses: new Map()}
  addAddresses(state, addresses.parse(await client.fetch<unknown>(RETIRED)))
  return state
}

/** Reads what the dataset has of the given documents, and who holds their addresses. */
export async function loadDocuments(
  state: DatasetState,
  client: SanityClient,
  wanted: readonly SeedDocument[],
): Promise<void> {
  const ids = wanted.flatMap(({_id}) => [_id, DRAFT + _id])
  const slugs = wanted.flatMap((one) => ('slug' in one ? [one.slug.current] : []))
  const [documents, holders] = await Promise.all([
    client.fetch<unknown>(BY_ID, {ids}),
    client.fetch<unknown>(BY_SLUG, {slugs}),
  ])
  for (const document of z.array(storedDocument).parse(documents)) {
    if (document._id.startsWith(DRAFT)) state.drafts.add(document._id.slice(DRAFT.length))
    else state.documents.set(document._id, document)
  }
  addAddresses(state, addresses.parse(holders))
}

function addAddresses(state: DatasetState, holders: z.infer<typeof addresses>): void {
  for (const {_id, _type, slugs} of holders) {
    const id = _id.startsWith(DRAFT) ? _id.slice(DRAFT.length) : _id
    for (const slug of slugs) state.addresses.set(addressOf(_type, slug), id)
  }
}
