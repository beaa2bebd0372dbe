/** An ANS story → a story. What is read and what is not: `mappings.ts`. */
import {excerpt} from '../../../seed/parse/excerpt.ts'
import {pathOf} from '../../story/pathOf.ts'
import {remainder} from '../../story/remainder.ts'
import type {StoryInput} from '../../story/story.ts'
import {instantOf} from '../../story/times.ts'
import type {SiteProfile} from '../format.ts'
import {checksumOf} from '../readJson.ts'
import type {AnsImage, AnsStory, AnsTerm, Contributor} from './ansModel.ts'
import {elementParts} from './elements.ts'
import {STORY} from './mappings.ts'
import {pictureOf} from './pictures.ts'

/** What other documents of the archive say. */
export interface Archive {
  author(id: string): Contributor | undefined
  image(id: string): AnsImage | undefined
  /** Addresses that lead to this one. */
  movedFrom(address: string): readonly string[]
}

export interface Places {
  readonly archive: Archive
  readonly entry: string
  readonly site: SiteProfile
}

type Flag = (code: string, key: string, message: string, evidence?: string | null) => unknown
type Keep = (key: string, value: unknown) => unknown

export function storyOf(
  one: AnsStory,
  pointer: string,
  {archive, entry, site}: Places,
): StoryInput {
  const record = JSON.stringify(one)
  const flags: StoryInput['flags'] = []
  const residue: StoryInput['residue'] = remainder(one, STORY, pointer)
  const flag: Flag = (code, key, message, evidence) =>
    flags.push({code, pointer: `${pointer}.${key}`, message, ...(evidence && {evidence})})
  const keep: Keep = (key, value) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    if (text && text !== '{}' && text !== '[]') residue.push({pointer: `${pointer}.${key}`, text})
  }
  const headlines = textsOf(one.headlines)
  const descriptions = textsOf(one.description)
  const subheadlines = textsOf(one.subheadlines)
  for (const [key, value] of Object.entries(one.headlines ?? {})) {
    if (key !== 'basic' && key !== 'meta_title') keep(`headlines.${key}`, value)
  }
  for (const field of ['subheadlines', 'description', 'label'] as const) {
    for (const [key, value] of Object.entries(one[field] ?? {})) {
      if (key !== 'basic') keep(`${field}.${key}`, value)
    }
  }
  const standfirst = subheadlines['basic'] ?? descriptions['basic']
  const {published, isFirst} = publishedIn(one)
  if (published && !isFirst) {
    flag(
      'timeOfVersion',
      'publish_date',
      `The time of this version, ${published.raw}, was taken as the time of publication. Check it.`,
      published.raw,
    )
  }
  const restrictions = restrictionsOf(one, site, flag, keep)
  const addresses = addressesOf(one, archive, site)
  const distributor = one.distributor?.name?.trim()
  const lead = leadOf(one, archive, keep)
  const body = (one.content_elements ?? []).flatMap((element, index) =>
    elementParts(element, `${pointer}.content_elements[${index}]`, {
      image: archive.image,
      flags,
      residue,
    }),
  )
  notesOf(one, flag, keep)
  return {
    source: {
      format: 'ans',
      entry,
      pointer,
      key: one._id ?? addresses.urls[0] ?? addresses.paths[0] ?? checksumOf(record),
      version: one.last_updated_date ?? '',
      sha256: checksumOf(record),
      ...(one._id && {originalId: one._id}),
      urls: addresses.urls,
    },
    status: restrictions.withheld ? 'withheld' : isDraft(one) ? 'draft' : 'usable',
    headline: headlines['basic'] ?? '',
    kicker: labelOf(one),
    standfirst,
    ...authorsOf(one, archive, keep),
    times: {
      first: published,
      modified: timeOf(one.last_updated_date),
      embargo: restrictions.embargo,
    },
    dateline: one.location?.trim() || undefined,
    ...(lead && {lead}),
    body,
    ...topicsOf(one, keep),
    credits: distributor
      ? [
          {
            text: distributor,
            kind: one.distributor?.category === 'wires' ? 'agency' : 'organisation',
          },
        ]
      : [],
    rights: {notice: one.copyright?.trim() || undefined},
    corrections: [],
    seo: {
      title: headlines['meta_title'],
      description: subheadlines['basic'] ? descriptions['basic'] : undefined,
    },
    access: restrictions.access,
    language: one.language?.trim() || site.language,
    oldAddresses: addresses.paths,
    residue,
    flags,
    proposals: [],
  }
}

/** The texts of a field by their keys; a key may hold something else. */
function textsOf(field: AnsStory['headlines']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(field ?? {}).flatMap(([key, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[key, value.trim()]] : [],
    ),
  )
}

function publishedIn(one: AnsStory) {
  const first = timeOf(one.first_publish_date)
  return {published: first ?? timeOf(one.publish_date), isFirst: first !== undefined}
}

function timeOf(raw: string | null | undefined) {
  if (!raw) return undefined
  const instant = instantOf(raw)
  return {raw, ...(instant && {instant})}
}

function isDraft({revision, status}: AnsStory): boolean {
  return revision?.published === false || /draft/i.test(status ?? '')
}

function restrictionsOf(one: AnsStory, site: SiteProfile, flag: Flag, keep: Keep) {
  const {content_code: code, embargo, ...others} = one.content_restrictions ?? {}
  keep('content_restrictions', others)
  const access = code ? site.accessCodes?.[code] : ('free' as const)
  if (!access) {
    flag(
      'unknownAccess',
      'content_restrictions.content_code',
      `The content code ${excerpt(code ?? '')} is unknown, so only subscribers may read the story. Check it, or name the code in "accessCodes" of site.json.`,
      code,
    )
  }
  const isActive = embargo?.active === true
  const until = isActive ? timeOf(embargo.end_time) : undefined
  const isOpen = isActive && !until?.instant
  if (isOpen) {
    flag(
      'embargoWithoutEnd',
      'content_restrictions.embargo',
      'The story is under an embargo without an end, so it is withheld. Release it when readers may see it.',
      embargo.end_time,
    )
  }
  return {access: access ?? ('subscriber' as const), embargo: until, withheld: isOpen}
}

function labelOf({label}: AnsStory): string | undefined {
  const basic = label?.['basic']
  if (typeof basic !== 'object' || basic === null || !('text' in basic)) return undefined
  return typeof basic.text === 'string' && basic.text.trim() !== '' ? basic.text.trim() : undefined
}

const ROLES = {by: 'writer', photos_by: 'photographer'} as const

/** `credits` are people; `vanity_credits` is the byline as it should be printed. */
function authorsOf(one: AnsStory, archive: Archive, keep: Keep) {
  const names: StoryInput['names'] = []
  for (const [role, people] of Object.entries(one.credits ?? {})) {
    const known = role === 'by' || role === 'photos_by' ? ROLES[role] : undefined
    for (const given of people ?? []) {
      const id = given._id ?? given.referent?.id ?? undefined
      const person = (given.name ? given : id && archive.author(id)) || given
      const text = person.name?.trim()
      if (!known || !text) {
        keep(`credits.${role}`, given)
        continue
      }
      const biography = person.bio?.trim()
      names.push({
        text,
        role: known,
        ...(id && {sourceId: `ans:author:${id}`}),
        ...(biography && {biography}),
      })
      if (given.byline && given.byline !== text) keep(`credits.${role}.byline`, given.byline)
    }
  }
  const printed = (one.vanity_credits?.['by'] ?? []).flatMap(({name}) => name?.trim() || [])
  for (const [role, people] of Object.entries(one.vanity_credits ?? {})) {
    if (role !== 'by') keep(`vanity_credits.${role}`, people)
  }
  return {names, ...(printed.length > 0 && {bylineText: printed.join(', ')})}
}

/** Keywords and entities are chosen by machines, so they are not topics. */
function topicsOf(one: AnsStory, keep: Keep) {
  const {primary_section, primary_site, sections, sites, tags, ...machine} = one.taxonomy ?? {}
  for (const [key, value] of Object.entries(machine)) {
    if (key !== 'additional_properties') keep(`taxonomy.${key}`, value)
  }
  const section = termOf('section', primary_section ?? primary_site ?? undefined)
  const others = [...(sections ?? []), ...(sites ?? [])].flatMap(
    (term) => termOf('section', term) ?? [],
  )
  const topics = [...others, ...(tags ?? []).flatMap((term) => termOf('tag', term) ?? [])]
  return {
    ...(section && {section}),
    topics: topics.filter(({sourceId}) => sourceId !== section?.sourceId),
  }
}

function termOf(kind: string, term: AnsTerm | undefined) {
  const name = (term?.name ?? term?.text)?.trim()
  if (!term || !name) return undefined
  return {name, sourceId: `ans:${kind}:${term._id ?? term.slug ?? name}`}
}

function addressesOf(one: AnsStory, archive: Archive, site: SiteProfile) {
  const written = [
    one.canonical_url,
    one.website_url,
    ...Object.values(one.websites ?? {}).map((website) => website?.website_url),
  ].flatMap((address) => address?.trim() || [])
  const former = written.flatMap((address) => archive.movedFrom(address))
  const all = [...new Set([...written, ...former])]
  const urls = all.flatMap((address) => URL.parse(address, site.baseUrl)?.href ?? [])
  const paths = all.flatMap((address) => {
    const url = URL.parse(address, 'https://site.invalid')
    return url ? [pathOf(url)] : []
  })
  return {urls, paths: [...new Set(paths)]}
}

function leadOf(one: AnsStory, archive: Archive, keep: Keep) {
  const {basic, ...others} = one.promo_items ?? {}
  keep('promo_items', others)
  if (basic === undefined || basic === null) return undefined
  const lead = pictureOf(basic, archive.image, keep, 'promo_items.basic')
  if (!lead) keep('promo_items.basic', basic)
  return lead
}

/** Our record of corrections needs their times, which ANS does not have. */
function notesOf(one: AnsStory, flag: Flag, keep: Keep): void {
  for (const [index, {text, ...rest}] of (one.corrections ?? []).entries()) {
    if (!text) continue
    keep(`corrections[${index}]`, {text, ...rest})
    flag(
      'correctionWithoutTime',
      `corrections[${index}]`,
      'The story has a correction, and the source does not say when it was made. Enter it under Corrections.',
      text,
    )
  }
  if (!one.editor_note) return
  keep('editor_note', one.editor_note)
  flag(
    'noteWithoutTime',
    'editor_note',
    "The story has an editor's note for readers. Enter it under Corrections with its time.",
    one.editor_note,
  )
}
