/** What becomes of each key of a Ghost export. A key that is not here is kept as residue. */
import type {KeyTable} from '../../story/remainder.ts'

/** Of a post, with the keys of `posts_meta`, which Ghost keeps apart. */
export const POST: KeyTable = {
  id: 'read',
  uuid: 'technical',
  comment_id: 'technical',
  post_id: 'technical',
  title: 'read', // headline
  slug: 'read',
  type: 'read',
  page: 'read',
  status: 'read',
  visibility: 'read', // access
  locale: 'read', // language
  html: 'read',
  lexical: 'read',
  mobiledoc: 'read',
  plaintext: 'technical', // the body again, without markup
  excerpt: 'technical', // the beginning of the body, unless custom_excerpt is set
  reading_time: 'technical',
  published_at: 'read', // firstPublishedAt
  updated_at: 'read', // provenance: every save changes it
  created_at: 'residue',
  custom_excerpt: 'read', // standfirst
  feature_image: 'read', // lead picture
  feature_image_alt: 'read',
  feature_image_caption: 'read',
  meta_title: 'read', // seo
  meta_description: 'read',
  canonical_url: 'read',
  og_title: 'read', // social
  og_description: 'read',
  og_image: 'residue',
  twitter_title: 'residue',
  twitter_description: 'residue',
  twitter_image: 'residue',
  codeinjection_head: 'residue',
  codeinjection_foot: 'residue',
  custom_template: 'residue',
  email_subject: 'residue',
  authors: 'read',
  tags: 'read',
  primary_author: 'technical', // the first of authors
  primary_tag: 'technical', // the first of tags
  url: 'read',
  author_id: 'technical', // posts_authors has it
  created_by: 'technical',
  updated_by: 'technical',
  published_by: 'technical',
  newsletter_id: 'technical',
  show_title_and_feature_image: 'technical',
  email_recipient_filter: 'technical',
  comments: 'technical',
  access: 'technical', // of the one who asked the Content API
}

/**
 * Tables of an export that are no stories. `secret`: members, keys, password hashes. What is not
 * here is counted by its name.
 */
export const SECRET_TABLES: ReadonlySet<string> = new Set([
  'api_keys',
  'integrations',
  'invites',
  'members',
  'members_labels',
  'members_products',
  'sessions',
  'settings',
  'stripe_prices',
  'stripe_products',
  'tokens',
  'webhooks',
])

export const STATUS: Readonly<Record<string, 'usable' | 'draft'>> = {
  published: 'usable',
  sent: 'usable',
  scheduled: 'usable',
  draft: 'draft',
}

/** `tiers` and `filter` name groups of subscribers. */
export const ACCESS: Readonly<Record<string, 'free' | 'registered' | 'subscriber'>> = {
  public: 'free',
  members: 'registered',
  paid: 'subscriber',
  tiers: 'subscriber',
  filter: 'subscriber',
}
