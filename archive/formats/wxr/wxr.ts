/**
 * WordPress exports, WXR 1.0 to 1.2. There is no schema; the definition is WordPress's own export
 * (`wp-admin/includes/export.php`). An item that is no post is counted by its type.
 */
import {createReadStream} from 'node:fs'

import {Refusal} from '../../../seed/parse/refusal.ts'
import type {Entry, Format, Item, ReadContext} from '../format.ts'
import {type ExportIndex, exportIndex} from './exportIndex.ts'
import {NOT_KEPT} from './mappings.ts'
import {BrokenExport, type WxrEntry, type WxrItem, type WxrRecord, wxrRecords} from './records.ts'
import {type ExportedSite, storyOf} from './storyOf.ts'

export const wxr: Format = {
  name: 'wordpress',
  title: 'a WordPress export',
  detects: ({text}) => /<rss[\s>]/.test(text) && text.includes('http://wordpress.org/export/1.'),
  async index(entry, {index: archive}) {
    let index: ExportIndex | undefined
    for await (const record of recordsOf(entry)) {
      if (record.kind === 'site') index = exportIndex(archive, siteOf(record).key)
      else if (record.kind === 'item') index?.addItem(record)
      else index?.addEntry(record)
    }
  },
  async *read(entry, context) {
    let exported: ExportedSite | undefined
    let index: ExportIndex | undefined
    for await (const record of recordsOf(entry)) {
      if (record.kind === 'site') {
        const own = siteOf(record)
        exported = {...own, base: context.site.baseUrl ?? own.base}
        index = exportIndex(context.index, exported.key)
      } else if (record.kind === 'item' && exported && index) {
        yield* itemsOf(record, entry, exported, index, context)
      }
    }
  },
}

/** The records of a file; a fault of the XML is a refusal of the file. */
async function* recordsOf({file, path}: Entry): AsyncIterable<WxrRecord> {
  try {
    yield* wxrRecords(createReadStream(file))
  } catch (error) {
    if (!(error instanceof BrokenExport)) throw error
    const {column, line, message} = error
    throw new Refusal(path, line, 'a WordPress export', `${message} (column ${column})`)
  }
}

/** An export without an address is known by its title. */
function siteOf({fields}: WxrEntry): ExportedSite {
  const written = fields.get('base_blog_url') ?? fields.get('link') ?? ''
  const base = URL.canParse(written.trim()) ? written.trim() : undefined
  const key = base?.replace(/^\w+:\/\//, '').replace(/\/+$/, '') ?? fields.get('title')?.trim()
  const language = fields.get('language')?.trim()
  return {key: key ?? '', base, language: language || undefined}
}

function* itemsOf(
  record: WxrItem,
  entry: Entry,
  exported: ExportedSite,
  index: ExportIndex,
  {site}: ReadContext,
): Iterable<Item> {
  const [id = '', type = '', status = ''] = ['post_id', 'post_type', 'status'].map(
    (name) => record.fields.get(name)?.trim() ?? '',
  )
  for (let left = record.comments; left > 0; left -= 1) yield {kind: 'other', what: 'comment'}
  if (id === '' || type === '') {
    const refusal = new Refusal(
      entry.path,
      record.line,
      'an item with a post_id and a post_type',
      'an item without them, or with a prefix that stands for another namespace',
    )
    yield {kind: 'refused', refusal}
  } else if (!(site.postTypes ?? ['post']).includes(type)) {
    yield {kind: 'other', what: type}
  } else if (NOT_KEPT.has(status)) {
    yield {kind: 'other', what: status}
  } else {
    yield {kind: 'story', story: storyOf(record, {entry: entry.path, exported, index, site})}
  }
}
