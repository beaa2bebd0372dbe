/**
 * What becomes of each element and each custom field of a WordPress export. What is not here is kept
 * as residue.
 */
import type {KeyTable} from '../../story/remainder.ts'

/** Elements of an item, by their short names. */
export const ITEM: KeyTable = {
  title: 'read',
  link: 'read', // former address
  guid: 'read', // former address
  pubDate: 'technical', // post_date again, and wrong where that is missing
  'dc:creator': 'read', // a login
  description: 'technical', // always empty
  'content:encoded': 'read',
  'excerpt:encoded': 'read', // standfirst
  post_id: 'read',
  post_date: 'read',
  post_date_gmt: 'read',
  post_modified: 'technical', // post_modified_gmt again
  post_modified_gmt: 'read', // provenance: every save changes it
  comment_status: 'technical',
  ping_status: 'technical',
  post_name: 'read', // slug
  status: 'read',
  post_parent: 'technical',
  menu_order: 'technical',
  post_type: 'read',
  is_sticky: 'technical',
}

/** Custom fields of a post. */
export const META: KeyTable = {
  _thumbnail_id: 'read', // lead picture
  _wp_old_slug: 'read', // former address
  _yoast_wpseo_title: 'read', // seo
  _yoast_wpseo_metadesc: 'read',
  _yoast_wpseo_canonical: 'read',
  '_yoast_wpseo_meta-robots-noindex': 'read',
  _yoast_wpseo_primary_category: 'read', // section
  '_yoast_wpseo_opengraph-title': 'read', // social
  '_yoast_wpseo_opengraph-description': 'read',
  _edit_last: 'technical',
  _edit_lock: 'technical',
  _encloseme: 'technical',
  _pingme: 'technical',
  _wp_old_date: 'technical',
  _wp_page_template: 'technical',
  _yoast_wpseo_content_score: 'technical',
  _yoast_wpseo_linkdex: 'technical',
  _yoast_wpseo_focuskw: 'residue',
  _yoast_wpseo_estimated_reading_time_minutes: 'technical',
}

/** Custom fields that WordPress makes of others: cached players, for example. */
export const MADE_BY_WORDPRESS = /^_oembed_|^_wp_trash_|^_transient_/

export const STATUS: Readonly<Record<string, 'usable' | 'draft' | 'withheld'>> = {
  publish: 'usable',
  future: 'usable', // until its date, as an embargo
  draft: 'draft',
  pending: 'draft',
  private: 'withheld',
}

/** Posts with these are not stories: they are counted by their status. */
export const NOT_KEPT: ReadonlySet<string> = new Set(['trash', 'auto-draft', 'inherit'])

/** Taxonomies that say how a post looks or where it is listed. */
export const TECHNICAL_TAXONOMIES: ReadonlySet<string> = new Set([
  'author',
  'nav_menu',
  'post_format',
  'wp_theme',
])
