/**
 * Ghost: an export of a whole site (`{"db": [{"data": {…}}]}`) or posts as the Content API gives
 * them (`{"posts": […]}`). Keys and their meaning are in `mappings.ts`.
 */
import {readFile} from 'node:fs/promises'

import {z} from 'zod'

import {excerpt} from '../../../seed/parse/excerpt.ts'
import {Refusal} from '../../../seed/parse/refusal.ts'
import {pathOf} from '../../story/pathOf.ts'
import {remainder} from '../../story/remainder.ts'
import type {StoryInput} from '../../story/story.ts'
import {instantOf} from '../../story/times.ts'
import type {Format, Item, SiteProfile} from '../format.ts'
import {checksumOf, faultsOf, parseJson} from '../readJson.ts'
import {readLexical} from './lexical.ts'
import {ACCESS, POST, SECRET_TABLES, STATUS} from './mappings.ts'

const id = z.union([z.string().min(1), z.number()]).transform(String)
const words = z.string().nullish()
const order = z.number().nullish()

const user = z.looseObject({id, name: z.string(), bio: words})
const tag = z.looseObject({id, name: z.string(), visibility: words})
const post = z.looseObject({
  id,
  title: words,
  slug: words,
  type: words,
  page: z.union([z.boolean(), z.number()]).nullish(),
  status: words,
  visibility: words,
  locale: words,
  html: words,
  lexical: words,
  mobiledoc: words,
  published_at: words,
  updated_at: words,
  custom_excerpt: words,
  feature_image: words,
  canonical_url: words,
  url: words,
  authors: z.array(user).nullish(),
  tags: z.array(tag).nullish(),
})

const meta = z.looseObject({
  feature_image_alt: words,
  feature_image_caption: words,
  meta_title: words,
  meta_description: words,
  og_title: words,
  og_description: words,
})

const data = z.looseObject({
  posts: z.array(z.unknown()),
  users: z.array(user).default([]),
  tags: z.array(tag).default([]),
  posts_authors: z
    .array(z.looseObject({post_id: id, author_id: id, sort_order: order}))
    .default([]),
  posts_tags: z.array(z.looseObject({post_id: id, tag_id: id, sort_order: order})).default([]),
  posts_meta: z.array(z.looseObject({id: z.unknown(), post_id: id})).default([]),
})

const exported = z.union([
  z.looseObject({db: z.array(z.looseObject({data})).min(1)}).transform(({db}) => ({
    at: 'db[0].data.',
    tables: db[0]?.data,
  })),
  z.looseObject({data}).transform((whole) => ({at: 'data.', tables: whole.data})),
  data.transform((tables) => ({at: '', tables})),
])

type Tables = z.infer<typeof data>
type Post = z.infer<typeof post> & z.infer<typeof meta>

export const ghost: Format = {
  name: 'ghost',
  title: 'a Ghost export',
  detects: ({text}) =>
    /^\uFEFF?\s*\{/.test(text) &&
    (/^\uFEFF?\s*\{\s*"db"\s*:\s*\[/.test(text) ||
      /^\uFEFF?\s*\{\s*(?:"meta"\s*:[^[]{0,500},\s*)?"(?:posts|data)"\s*:/.test(text)),
  async *read({file, path}, {site}) {
    const {at, tables} = parse(path, await readFile(file, 'utf8'))
    if (!tables) return
    for (const [table, rows] of Object.entries(tables)) {
      if (table.startsWith('posts') || ['users', 'tags'].includes(table)) continue
      const what = SECRET_TABLES.has(table) ? 'private record' : table
      for (const _ of Array.isArray(rows) ? rows : []) yield {kind: 'other', what}
    }
    const links = linksIn(tables)
    for (const [index, one] of tables.posts.entries()) {
      yield readPost(one, `${at}posts[${index}]`, path, links, site)
    }
  },
}

function parse(path: string, text: string): z.infer<typeof exported> {
  const read = exported.safeParse(parseJson(path, text))
  if (!read.success) throw new Refusal(path, 0, 'a Ghost export', faultsOf(read.error))
  return read.data
}

/** What the other tables say about a post, by its id. */
interface Links {
  authors(post: string): z.infer<typeof user>[]
  tags(post: string): z.infer<typeof tag>[]
  meta(post: string): object
}

function linksIn(tables: Tables): Links {
  const users = new Map(tables.users.map((one) => [one.id, one]))
  const tags = new Map(tables.tags.map((one) => [one.id, one]))
  const authorRows = Map.groupBy(inOrder(tables.posts_authors), ({post_id}) => post_id)
  const tagRows = Map.groupBy(inOrder(tables.posts_tags), ({post_id}) => post_id)
  const metaRows = new Map(
    tables.posts_meta.map(({id: _id, post_id, ...fields}) => [post_id, fields]),
  )
  return {
    authors: (post) =>
      (authorRows.get(post) ?? []).flatMap((row) => users.get(row.author_id) ?? []),
    tags: (post) => (tagRows.get(post) ?? []).flatMap((row) => tags.get(row.tag_id) ?? []),
    meta: (post) => metaRows.get(post) ?? {},
  }
}

function readPost(
  value: unknown,
  pointer: string,
  path: string,
  links: Links,
  site: SiteProfile,
): Item {
  const parsed = post.safeParse(value)
  if (!parsed.success) {
    return {
      kind: 'refused',
      refusal: new Refusal(`${path} ${pointer}`, 0, 'a post', faultsOf(parsed.error)),
    }
  }
  const whole: Post = {
    ...parsed.data,
    ...meta.parse({...parsed.data, ...links.meta(parsed.data.id)}),
  }
  if (whole.type === 'page' || whole.page === true || whole.page === 1) {
    return {kind: 'other', what: 'page'}
  }
  return {kind: 'story', story: storyOf(whole, JSON.stringify(value), pointer, path, links, site)}
}

function storyOf(
  one: Post,
  record: string,
  pointer: string,
  path: string,
  links: Links,
  site: SiteProfile,
): StoryInput {
  const flags: StoryInput['flags'] = []
  const flag = (code: string, key: string, message: string, evidence?: string): unknown =>
    flags.push({code, pointer: `${pointer}.${key}`, message, ...(evidence && {evidence})})

  const status = STATUS[one.status ?? 'published']
  if (!status) {
    flag(
      'unknownStatus',
      'status',
      `The status ${excerpt(one.status ?? '')} is unknown. The story is a draft.`,
      one.status ?? '',
    )
  }
  const access = ACCESS[one.visibility ?? 'public']
  if (!access) {
    flag(
      'unknownAccess',
      'visibility',
      `${excerpt(one.visibility ?? '')} does not say who may read the story; only subscribers may. Check it.`,
      one.visibility ?? '',
    )
  }
  const first = timeOf(one.published_at)
  const tags = tagsOf(one, links)
  const body = bodyOf(one, pointer)
  const address = one.url ?? undefined
  const urls = address && URL.canParse(address) ? [address] : []
  const canonical =
    one.canonical_url && URL.canParse(one.canonical_url) ? one.canonical_url : undefined
  return {
    source: {
      format: 'ghost',
      entry: path,
      pointer,
      key: one.id,
      signs: [one.slug ?? '', (one.title ?? '').trim(), first?.raw ?? ''],
      version: one.updated_at ?? '',
      sha256: checksumOf(record),
      originalId: one.id,
      urls,
    },
    status: status ?? 'draft',
    headline: (one.title ?? '').trim(),
    slug: textOf(one.slug),
    standfirst: textOf(one.custom_excerpt),
    names: (one.authors ?? links.authors(one.id)).map(({bio, id: userId, name}) => ({
      text: name,
      sourceId: `ghost:user:${userId}`,
      role: 'writer',
      biography: textOf(bio),
    })),
    times: {first, modified: timeOf(one.updated_at)},
    ...(one.feature_image && {
      lead: {
        address: one.feature_image.replaceAll(OWN_SITE, ''),
        ...(one.feature_image_alt && {alt: one.feature_image_alt}),
        caption: textOf(plainCaption(one.feature_image_caption)),
      },
    }),
    body,
    topics: tags.shown,
    seo: {
      title: textOf(one.meta_title),
      description: textOf(one.meta_description),
      canonicalUrl: canonical,
    },
    social: {title: textOf(one.og_title), description: textOf(one.og_description)},
    access: access ?? 'subscriber',
    corrections: [],
    language: textOf(one.locale ?? site.language),
    oldAddresses: [...new Set([...urls.map(pathOf), ...(one.slug ? [`/${one.slug}/`] : [])])],
    residue: [
      ...remainder(one, POST, pointer),
      ...tags.internal.map((name) => ({pointer: `${pointer}.tags`, text: name})),
      ...(one.canonical_url && !canonical
        ? [{pointer: `${pointer}.canonical_url`, text: one.canonical_url}]
        : []),
      ...(one.feature_image_caption?.includes('<')
        ? [{pointer: `${pointer}.feature_image_caption`, text: one.feature_image_caption}]
        : []),
    ],
    flags,
    proposals: [],
  }
}

/** Stands for the address of the site in exports; without it, addresses are paths. */
const OWN_SITE = '__GHOST_URL__'

/** `lexical` is what Ghost edits; `html` is made from it. Old posts have `mobiledoc`. */
function bodyOf(one: Post, pointer: string): StoryInput['body'] {
  if (one.lexical) return readLexical(one.lexical.replaceAll(OWN_SITE, ''), `${pointer}.lexical`)
  // Ghost's own rendering of mobiledoc, cards included.
  const html = one.html?.replaceAll(OWN_SITE, '')
  if (html) return [{kind: 'html', html, pointer: `${pointer}.html`}]
  if (!one.mobiledoc) return []
  return [
    {
      kind: 'opaque',
      what: 'mobiledoc',
      source: one.mobiledoc,
      text: '',
      pointer: `${pointer}.mobiledoc`,
    },
  ]
}

function isInternal({name, visibility}: z.infer<typeof tag>): boolean {
  return name.startsWith('#') || visibility === 'internal'
}

/** Tags that begin with `#` are internal: readers never see them. */
function tagsOf(one: Post, links: Links) {
  const all = one.tags ?? links.tags(one.id)
  return {
    shown: all
      .filter((one) => !isInternal(one))
      .map((one) => ({name: one.name, sourceId: `ghost:tag:${one.id}`})),
    internal: all.filter(isInternal).map(({name}) => name),
  }
}

function inOrder<Row extends {sort_order?: number | null | undefined}>(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0))
}

function timeOf(raw: string | null | undefined) {
  if (!raw) return undefined
  const instant = instantOf(raw)
  return {raw, ...(instant && {instant})}
}

/** Captions of Ghost are markup; their words go into the caption, the markup into the residue. */
function plainCaption(caption: string | null | undefined): string | undefined {
  return caption?.replace(/<[^>]*>/g, '').trim()
}

function textOf(value: string | null | undefined): string | undefined {
  return value?.trim() || undefined
}
