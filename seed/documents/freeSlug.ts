/**
 * Slugs are unique within a type. If two documents would get the same slug, the later one gets a
 * suffix from its id, so that the slug is the same on every import.
 */
import {hashOf} from '../identify/ids.ts'
import {SLUG_MAX} from '../model/rules.ts'
import type {SeedDocument} from '../model/seedDocument.ts'

/** Document ids by address; see `addressOf`. */
export type AddressHolders = Pick<ReadonlyMap<string, string>, 'get'>

export function addressOf(type: string, slug: string): string {
  return `${type}/${slug}`
}

/** The document, with a suffix to its slug if another document has that slug. */
export function freeSlug(document: SeedDocument, holders: AddressHolders): SeedDocument {
  if (!('slug' in document)) return document
  const {_id, _type, slug} = document
  const holder = holders.get(addressOf(_type, slug.current))
  if (holder === undefined || holder === _id) return document
  const suffix = `-${hashOf(8, _id)}`
  const stem = slug.current.slice(0, SLUG_MAX - suffix.length).replace(/-$/, '')
  return {...document, slug: {...slug, current: stem + suffix}}
}
