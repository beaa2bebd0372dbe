/** What becomes of each key of an ANS document. A key that is not here is kept as residue. */
import type {KeyTable} from '../../story/remainder.ts'

export const STORY: KeyTable = {
  _id: 'read',
  type: 'read',
  version: 'technical', // of the format
  subtype: 'technical',
  created_date: 'technical',
  last_updated_date: 'read', // provenance: every save changes it
  publish_date: 'read', // firstPublishedAt, if there is no first_publish_date
  first_publish_date: 'read', // firstPublishedAt
  display_date: 'residue',
  status: 'read',
  revision: 'read',
  channels: 'technical',
  alignment: 'technical',
  language: 'read',
  location: 'read', // dateline
  geo: 'residue',
  address: 'residue',
  copyright: 'read', // rights
  canonical_url: 'read', // former address
  canonical_website: 'technical',
  short_url: 'residue',
  website: 'technical',
  website_url: 'read',
  websites: 'read',
  headlines: 'read',
  subheadlines: 'read', // standfirst
  description: 'read', // standfirst, or seo
  credits: 'read', // byline
  vanity_credits: 'read', // printed byline
  taxonomy: 'read', // section, topics
  content_restrictions: 'read', // embargo, access
  corrections: 'read',
  editor_note: 'read',
  label: 'read', // kicker
  promo_items: 'read', // lead picture
  related_content: 'residue',
  content_elements: 'read',
  owner: 'residue',
  distributor: 'read', // credits
  source: 'technical', // of the former system
  syndication: 'residue',
  slug: 'read', // for editors; not an address
  comments: 'technical',
  planning: 'technical',
  workflow: 'technical',
  additional_properties: 'technical',
  publishing: 'technical',
  voice_transcripts: 'residue',
  contributors: 'secret', // accounts of staff
  auth: 'secret',
}

/** Keys of content elements; which elements have them: `elements.ts`. */
export const ELEMENT: KeyTable = {
  _id: 'technical',
  type: 'read',
  version: 'technical',
  subtype: 'read',
  channels: 'technical',
  alignment: 'technical',
  created_date: 'technical',
  last_updated_date: 'technical',
  additional_properties: 'technical',
  block_properties: 'technical',
  content: 'read',
  level: 'read',
  list_type: 'read',
  items: 'read',
  content_elements: 'read',
  citation: 'read',
  header: 'read',
  rows: 'read',
  url: 'read',
  headlines: 'read',
  streams: 'read',
  text: 'read',
  caption: 'read',
  alt_text: 'read',
  credits: 'read',
  width: 'technical',
  height: 'technical',
  auth: 'secret',
  contributors: 'secret',
  raw_oembed: 'residue', // its markup is also read
}

/** Documents that are no stories: counted by their type. */
export const OTHER_TYPES: ReadonlySet<string> = new Set([
  'author',
  'collection',
  'gallery',
  'image',
  'redirect',
  'site',
  'tag',
  'video',
])
