/**
 * What one file of an export tells the readers of others: a site's export may be in several files,
 * and pictures often follow the posts that use them, or are in another file.
 */
import {z} from 'zod'

import {agencyOr} from '../../../seed/entities/agencies.ts'
import type {PictureCredit} from '../../html/part.ts'
import type {ArchiveIndex} from '../format.ts'
import {indexed} from '../readJson.ts'
import {phpText, phpValue} from './phpValue.ts'
import {plainLine} from './plainLine.ts'
import type {WxrEntry, WxrItem} from './records.ts'

const attachment = z.object({
  url: z.string(),
  alt: z.string().optional(),
  caption: z.string().optional(),
  description: z.string().optional(),
  credits: z.array(
    z.object({text: z.string(), kind: z.enum(['agency', 'organisation', 'photographer'])}),
  ),
})

const person = z.object({name: z.string(), sourceId: z.string(), biography: z.string().optional()})
const term = z.object({slug: z.string(), name: z.string()})
const block = z.object({content: z.string()})

export type Attachment = z.infer<typeof attachment>
export type Person = z.infer<typeof person>
type IndexedTerm = z.infer<typeof term>

/** The index of one site. Keys hold the site, because an archive may have several. */
export interface ExportIndex {
  addEntry(entry: WxrEntry): void
  addItem(item: WxrItem): void
  attachment(id: string): Attachment | undefined
  /** By the address of the full picture. */
  attachmentAt(url: string): Attachment | undefined
  /** A user of the site, by login. */
  user(login: string): Person | undefined
  /** An author without a login, of Co-Authors Plus: by login, or by the slug of the term. */
  guest(login: string): Person | undefined
  category(id: string): IndexedTerm | undefined
  /** A block that is kept once and used in many posts. */
  sharedBlock(id: string): string | undefined
}

export function exportIndex(index: ArchiveIndex, site: string): ExportIndex {
  const put = (kind: string, key: string, value: object): void =>
    index.put(`wxr:${kind}`, `${site} ${key}`, JSON.stringify(value))
  const get = <Value>(kind: string, key: string, model: z.ZodType<Value>): Value | undefined =>
    indexed(index, `wxr:${kind}`, `${site} ${key}`, model)
  return {
    addEntry({fields, kind}) {
      if (kind === 'author') {
        const login = fields.get('author_login') ?? ''
        const name = fields.get('author_display_name')?.trim()
        if (login === '' || !name) return
        put('user', login, {name, sourceId: `wordpress:${site}:user:${login}`})
      }
      const isCategory = kind === 'category' || fields.get('term_taxonomy') === 'category'
      const id = fields.get('term_id')
      if (isCategory && id) {
        const slug = fields.get('category_nicename') ?? fields.get('term_slug') ?? ''
        put('category', id, {slug, name: fields.get('cat_name') ?? fields.get('term_name') ?? slug})
      }
    },
    addItem(item) {
      const {fields} = item
      const id = fields.get('post_id') ?? ''
      const type = fields.get('post_type')
      if (type === 'attachment') {
        const read = attachmentOf(item)
        if (!read) return
        put('attachment', id, read)
        put('picture', read.url, read)
      }
      if (type === 'wp_block') put('block', id, {content: fields.get('content:encoded') ?? ''})
      if (type === 'guest-author') {
        const login = metaOf(item, 'cap-user_login')
        const name = metaOf(item, 'cap-display_name')
        if (!login || !name) return
        const biography = plainLine(metaOf(item, 'cap-description') ?? '')
        const guest = {
          name,
          sourceId: `wordpress:${site}:guest:${login}`,
          ...(biography && {biography}),
        }
        put('guest', login, guest)
        put('guest', fields.get('post_name') ?? login, guest)
      }
    },
    attachment: (id) => get('attachment', id, attachment),
    attachmentAt: (url) => get('picture', url, attachment),
    user: (login) => get('user', login, person),
    guest: (login) => get('guest', login, person),
    category: (id) => get('category', id, term),
    sharedBlock: (id) => get('block', id, block)?.content,
  }
}

/** The first value of a custom field that says something. */
export function metaOf({meta}: WxrItem, key: string): string | undefined {
  return meta.find((one) => one.key === key && one.value.trim() !== '')?.value.trim()
}

function attachmentOf(item: WxrItem): Attachment | undefined {
  const url = item.fields.get('attachment_url')?.trim()
  if (!url) return undefined
  const alt = metaOf(item, '_wp_attachment_image_alt')
  const caption = plainLine(item.fields.get('excerpt:encoded') ?? '')
  const description = plainLine(item.fields.get('content:encoded') ?? '')
  return {
    url,
    ...(alt && {alt}),
    ...(caption && {caption}),
    ...(description && {description}),
    credits: creditsOf(item),
  }
}

/** Fields that mark a credit: of the plugins Media Credit and Navis, and of the picture's file. */
function creditsOf(item: WxrItem): PictureCredit[] {
  const person = metaOf(item, '_media_credit') ?? metaOf(item, '_navis_media_credit')
  const organisation = metaOf(item, '_navis_media_credit_org')
  const maker = person ?? (organisation ? undefined : creditInFile(item))
  return [
    ...(maker ? [{text: maker, kind: agencyOr(maker, 'photographer')}] : []),
    ...(organisation ? [{text: organisation, kind: agencyOr(organisation, 'organisation')}] : []),
  ]
}

function creditInFile(item: WxrItem): string | undefined {
  const metadata = phpValue(metaOf(item, '_wp_attachment_metadata') ?? '')
  return phpText(metadata, ['image_meta', 'credit'])
}
