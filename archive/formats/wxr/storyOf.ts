/** One post of a WordPress export → a story. What is read and what is not: `mappings.ts`. */
import {excerpt} from '../../../seed/parse/excerpt.ts'
import {pathOf} from '../../story/pathOf.ts'
import {remainder} from '../../story/remainder.ts'
import type {StoryInput} from '../../story/story.ts'
import {instantIn, instantOf} from '../../story/times.ts'
import type {SiteProfile} from '../format.ts'
import {checksumOf} from '../readJson.ts'
import {authorsOf} from './authors.ts'
import {readContent} from './body.ts'
import {type ExportIndex, metaOf} from './exportIndex.ts'
import {ITEM, MADE_BY_WORDPRESS, META, STATUS, TECHNICAL_TAXONOMIES} from './mappings.ts'
import {plainLine} from './plainLine.ts'
import type {WxrItem} from './records.ts'

export interface ExportedSite {
  /** Unique in the world: its address without the scheme. */
  readonly key: string
  /** For addresses without a host. */
  readonly base: string | undefined
  readonly language: string | undefined
}

interface Places {
  readonly entry: string
  readonly exported: ExportedSite
  readonly index: ExportIndex
  readonly site: SiteProfile
}

export function storyOf(item: WxrItem, {entry, exported, index, site}: Places): StoryInput {
  const {fields, terms} = item
  const pointer = `line ${item.line}`
  const flags: StoryInput['flags'] = []
  const residue: StoryInput['residue'] = [
    ...remainder(Object.fromEntries(fields), ITEM, pointer),
    ...metaResidue(item, pointer),
    ...item.leftOver.map(({name, value}) => ({pointer: `${pointer} ${name}`, text: value})),
  ]
  const flag: Flag = (code, field, message, evidence) =>
    flags.push({code, pointer: `${pointer} ${field}`, message, ...(evidence && {evidence})})
  const keep = (field: string, text: string | undefined): unknown =>
    text?.trim() && residue.push({pointer: `${pointer} ${field}`, text})
  const value = (name: string): string => fields.get(name)?.trim() ?? ''

  const id = value('post_id')
  const slug = slugIn(value('post_name'))
  const addresses = addressesOf(item, exported.base, keep)
  const headline = plainLine(value('title'))
  const standfirst = plainLine(value('excerpt:encoded'))
  if (/<[a-z]/i.test(value('title'))) keep('title', value('title'))
  if (/<[a-z]/i.test(value('excerpt:encoded'))) keep('excerpt:encoded', value('excerpt:encoded'))

  const {names, unknown} = authorsOf(item, index, exported.key)
  if (unknown.length > 0) {
    // A login may be an address, which belongs to a person and not in a report.
    const shown = unknown.filter((login) => !login.includes('@')).join(', ')
    flag(
      'unknownAuthor',
      'dc:creator',
      `The export does not name ${unknown.length === 1 ? 'an author' : `${unknown.length} authors`} of the story, only a login. Enter the name, or import the file that has the authors.`,
      shown,
    )
  }
  const {first, scheduled} = timeOf(item, site, flag)
  const status = statusOf(item, flag)
  const {section, topics} = topicsOf(item, exported.key, index, flag)
  for (const {domain, name} of terms) {
    if (isTopic(domain) || TECHNICAL_TAXONOMIES.has(domain)) continue
    keep(`category domain="${domain}"`, name)
  }
  const yoast = (name: string): string | undefined => {
    const text = metaOf(item, `_yoast_wpseo_${name}`)
    if (!text?.includes('%%')) return text
    keep(`_yoast_wpseo_${name}`, text)
    return undefined
  }
  const canonical = yoast('canonical')
  if (canonical && !URL.canParse(canonical)) keep('_yoast_wpseo_canonical', canonical)
  const content = value('content:encoded')
  return {
    source: {
      format: 'wordpress',
      entry,
      pointer,
      key: `${exported.key} ${id}`,
      signs: [slug ?? '', headline, first?.raw ?? ''],
      version: value('post_modified_gmt'),
      sha256: checksumOf(JSON.stringify([[...fields], item.meta, terms])),
      originalId: id,
      urls: addresses.url ? [addresses.url] : [],
    },
    status,
    headline,
    ...(slug && {slug}),
    ...(standfirst && {standfirst}),
    names: [...names],
    times: {
      ...(first && {first}),
      ...(scheduled && first && {embargo: first}),
      ...modifiedOf(value('post_modified_gmt')),
    },
    ...leadOf(item, index, flag, keep),
    body:
      content === ''
        ? []
        : [
            {
              kind: 'parts',
              read: () => readContent(content, addresses.url ?? exported.base, index, site),
              pointer: `${pointer} content`,
            },
          ],
    ...(section && {section}),
    topics,
    corrections: [],
    seo: {
      title: yoast('title'),
      description: yoast('metadesc'),
      ...(metaOf(item, '_yoast_wpseo_meta-robots-noindex') === '1' && {noIndex: true}),
      ...(canonical && URL.canParse(canonical) && {canonicalUrl: canonical}),
    },
    social: {title: yoast('opengraph-title'), description: yoast('opengraph-description')},
    access: 'free',
    language: site.language ?? exported.language,
    oldAddresses: addresses.paths,
    residue,
    flags,
    proposals: [],
  }
}

type Flag = (code: string, field: string, message: string, evidence?: string) => unknown
type Keep = (field: string, text: string | undefined) => unknown

function statusOf({fields, hasPassword}: WxrItem, flag: Flag): StoryInput['status'] {
  const written = fields.get('status')?.trim() ?? ''
  const status = STATUS[written]
  if (!status) {
    flag(
      'unknownStatus',
      'status',
      `The status ${excerpt(written)} is unknown. The story is a draft.`,
      written,
    )
  }
  if (hasPassword || status === 'withheld') {
    const why = hasPassword ? 'could be read only with a password' : 'was private'
    flag(
      'privatePost',
      'status',
      `The story ${why}, so readers do not see it. Decide who may read it.`,
    )
    return 'withheld'
  }
  return status ?? 'draft'
}

const NO_DATE = /^0000-00-00/

/** UTC if the export has it; otherwise local time in the zone of `site.json`, with a flag. */
function timeOf({fields}: WxrItem, {timeZone}: SiteProfile, flag: Flag) {
  const scheduled = fields.get('status')?.trim() === 'future'
  const [utc = '', local = ''] = ['post_date_gmt', 'post_date'].map((name) => {
    const text = fields.get(name)?.trim() ?? ''
    return NO_DATE.test(text) ? '' : text
  })
  const instant = utc && instantOf(`${utc}Z`)
  const inZone = local && timeZone ? instantIn(local, timeZone) : undefined
  if (instant) {
    if (inZone && inZone.instant !== instant && !inZone.doubt) {
      flag(
        'otherTimeZone',
        'post_date',
        `The time ${local} is not ${utc} UTC in the zone ${timeZone}. UTC was taken; check "timeZone" in site.json.`,
        local,
      )
    }
    return {first: {instant, raw: utc}, scheduled}
  }
  if (inZone) {
    flag(
      'localTime',
      'post_date',
      `The export gives only a local time, ${local}. It was read in the zone ${timeZone}.`,
      local,
    )
    return {first: {instant: inZone.instant, raw: local}, scheduled}
  }
  return {first: utc || local ? {raw: local || utc} : undefined, scheduled}
}

function modifiedOf(raw: string) {
  const instant = NO_DATE.test(raw) || raw === '' ? undefined : instantOf(`${raw}Z`)
  return instant ? {modified: {raw, instant}} : {}
}

const isTopic = (domain: string): boolean => domain === 'category' || domain === 'post_tag'

/** The section is the category that Yoast calls primary, or the only one. */
function topicsOf(item: WxrItem, site: string, index: ExportIndex, flag: Flag) {
  const terms = item.terms
    .filter(({domain, name}) => isTopic(domain) && name.trim() !== '')
    .map(({domain, name, slug}) => ({
      domain,
      slug,
      term: {name: name.trim(), sourceId: `wordpress:${site}:${domain}:${slug}`},
    }))
  const categories = terms.filter(({domain}) => domain === 'category')
  const distinct = new Set(categories.map(({slug}) => slug))
  const primaryId = metaOf(item, '_yoast_wpseo_primary_category')
  const primary = primaryId === undefined ? undefined : index.category(primaryId)
  const chosen =
    categories.find(({slug}) => slug === primary?.slug) ??
    (distinct.size === 1 ? categories[0] : undefined)
  if (!chosen && distinct.size > 1) {
    const names = categories.map(({term}) => term.name).join(', ')
    flag(
      'severalCategories',
      'category',
      `None of the categories ${excerpt(names)} is marked as the main one. Choose the section.`,
      names,
    )
  }
  const topics = terms.filter((one) => one.domain !== 'category' || one.slug !== chosen?.slug)
  return {section: chosen?.term, topics: topics.map(({term}) => term)}
}

function leadOf(item: WxrItem, index: ExportIndex, flag: Flag, keep: Keep) {
  const id = metaOf(item, '_thumbnail_id')
  if (id === undefined || id === '0') return {}
  const picture = index.attachment(id)
  if (!picture) {
    flag(
      'missingAttachment',
      '_thumbnail_id',
      `The archive has no picture with the id ${id}, the lead picture of the story. Import the file with the attachments too.`,
      id,
    )
    return {lead: {address: `attachment:${id}`}}
  }
  const {alt, caption, credits, description, url} = picture
  keep(`description of attachment ${id}`, description)
  return {lead: {address: url, ...(alt && {alt}), ...(caption && {caption}), credits}}
}

/** Where the post was: its address, the one by number, and those with earlier slugs. */
function addressesOf({fields, meta}: WxrItem, base: string | undefined, keep: Keep) {
  const absolute = (written: string): URL | undefined => {
    const url = written === '' ? null : URL.parse(written, base)
    return url && /^https?:$/.test(url.protocol) ? url : undefined
  }
  const link = absolute(fields.get('link')?.trim() ?? '')
  if (!link) keep('link', fields.get('link'))
  const guid = absolute(fields.get('guid')?.trim() ?? '')
  if (!guid) keep('guid', fields.get('guid'))
  const slug = fields.get('post_name')?.trim() ?? ''
  const former = meta
    .filter(({key}) => key === '_wp_old_slug')
    .flatMap(({value}) => {
      const renamed = link && slug && link.pathname.includes(`/${slug}`)
      if (!renamed) keep('_wp_old_slug', value)
      return renamed ? [link.pathname.replace(`/${slug}`, () => `/${value.trim()}`)] : []
    })
  const paths = [link, guid].flatMap((url) => (url ? [pathOf(url)] : []))
  return {
    url: link?.href,
    paths: [...new Set([...paths, ...former])].filter((path) => path !== '/'),
  }
}

/** WordPress keeps letters beyond ASCII percent-encoded. */
function slugIn(written: string): string | undefined {
  if (!/%[0-9a-f]{2}/i.test(written)) return written || undefined
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

function metaResidue({meta}: WxrItem, pointer: string): StoryInput['residue'] {
  return meta.flatMap(({key, value}) =>
    MADE_BY_WORDPRESS.test(key) ? [] : remainder({[key]: value}, META, pointer),
  )
}
