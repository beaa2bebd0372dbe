/**
 * The dataset's current version of the documents in an import: read in bulk, then kept up to date.
 */
import type {SanityClient} from '@sanity/client'
import {z} from 'zod'

import {addressOf} from '../documents/freeSlug.ts'
import type {StoredName} from '../identify/nameIds.ts'
import type {SeedDocument} from '../model/seedDocument.ts'

const storedDocument = z.looseObject({_id: z.string(), _type: z.string(), _rev: z.string()})
const addresses = z.array(
  z.object({_id: z.string(), _type: z.string(), slugs: z.array(z.string())}),
)

const storedNames = z.array(
  z.object({_id: z.string(), _type: z.string(), name: z.string(), kind: z.string().nullable()}),
)

export type StoredDocument = z.infer<typeof storedDocument>

export interface DatasetState {
  readonly documents: Map<string, StoredDocument>
  /** By the id of the published document, without `drafts.`. */
  readonly drafts: Map<string, StoredDocument>
  /** The document that has an address now, or had it before. */
  readonly addresses: Map<string, string>
}

const DRAFT = 'drafts.'
/** About half a megabyte of names in each response. */
const NAMES_AT_ONCE = 5_000
const BY_ID = '*[_id in $ids]'
/** With the types, because a lake keeps an index of slugs for each. */
const BY_SLUG = '*[_type in $types && slug.current in $slugs]{_id, _type, "slugs": [slug.current]}'
const RETIRED = '*[defined(previousSlugs)]{_id, _type, "slugs": previousSlugs[].slug}'

const NAMES = `*[_type in ["topic", "credit", "author"] && defined(name) && _id > $last
  && !(_id in path("drafts.**")) && !(_id in path("versions.**"))] | order(_id) [0...${NAMES_AT_ONCE}]{_id, _type, name, kind}`

/** The names of all topics, credits and authors, to recognise known names. */
export async function loadNames(client: SanityClient): Promise<StoredName[]> {
  const names: StoredName[] = []
  for (let last = ''; ;) {
    const page = storedNames.parse(await client.fetch<unknown>(NAMES, {last}))
    names.push(...page)
    const end = page.at(-1)
    if (!end || page.length < NAMES_AT_ONCE) return names
    last = end._id
  }
}

/** A state in which nothing is known yet. */
export function emptyState(): DatasetState {
  return {documents: new Map(), drafts: new Map(), addresses: new Map()}
}

/** The part of the state that does not depend on the requested documents. */
export async function openDatasetState(client: SanityClient): Promise<DatasetState> {
  const state = emptyState()
  addAddresses(state, addresses.parse(await client.fetch<unknown>(RETIRED)))
  return state
}

/**
 * Reads the dataset's version of the given documents, and which documents have their addresses.
 */
export async function loadDocuments(
  state: DatasetState,
  client: SanityClient,
  wanted: readonly SeedDocument[],
): Promise<void> {
  const ids = wanted.flatMap(({_id}) => [_id, DRAFT + _id])
  const addressed = wanted.filter((one) => 'slug' in one)
  const slugs = addressed.map(({slug}) => slug.current)
  const types = [...new Set(addressed.map(({_type}) => _type))]
  const [documents, holders] = await Promise.all([
    client.fetch<unknown>(BY_ID, {ids}),
    client.fetch<unknown>(BY_SLUG, {types, slugs}),
  ])
  for (const document of z.array(storedDocument).parse(documents)) {
    if (document._id.startsWith(DRAFT)) state.drafts.set(document._id.slice(DRAFT.length), document)
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
