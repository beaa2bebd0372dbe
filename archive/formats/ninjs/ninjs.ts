/**
 * ninjs 1 to 3, the IPTC's news in JSON: one item a file, or a list of items. Keys and their meaning
 * are in `mappings.ts`.
 */
import {readFile} from 'node:fs/promises'

import {possibleNames} from '../../../seed/parse/byline.ts'
import {excerpt} from '../../../seed/parse/excerpt.ts'
import {Refusal} from '../../../seed/parse/refusal.ts'
import {escapeText, tagged} from '../../html/write.ts'
import {remainder} from '../../story/remainder.ts'
import type {StoryInput} from '../../story/story.ts'
import {instantOf} from '../../story/times.ts'
import type {Format, Item} from '../format.ts'
import {checksumOf, parseJson} from '../readJson.ts'
import {ITEM, OTHER_TYPES, TOPICS} from './mappings.ts'

/** An object whose keys are in lower case. */
type Lowered = Readonly<Record<string, unknown>>

const MARKS =
  /"(?:body_(?:x?html|text)|headlines|bodies|version[cC]reated|pub[sS]tatus|rights[iI]nfo|content[cC]reated)"\s*:/

export const ninjs: Format = {
  name: 'ninjs',
  title: 'ninjs',
  detects: ({text}) => {
    // ANS has some of the same keys, further in.
    if (!/^\uFEFF?\s*[[{]/.test(text) || text.includes('"content_elements"')) return false
    return (
      /"name"\s*:\s*"ninjs"|ninjs-schema/.test(text) || (/"uri"\s*:/.test(text) && MARKS.test(text))
    )
  },
  async *read({file, path}) {
    const value = parseJson(path, await readFile(file, 'utf8'))
    const isList = Array.isArray(value)
    for (const [index, one] of (isList ? value : [value]).entries()) {
      yield readItem(one, isList ? `[${index}]` : '$', path)
    }
  },
}

function readItem(value: unknown, pointer: string, path: string): Item {
  const item = lowered(value)
  const uri = stringOf(item['uri'])
  if (uri === undefined) {
    const refusal = new Refusal(`${path} ${pointer}`, 0, 'a ninjs item with its uri', 'none')
    return {kind: 'refused', refusal}
  }
  const type = stringOf(item['type'])
  if (type !== undefined && OTHER_TYPES.has(type)) return {kind: 'other', what: type}
  return {kind: 'story', story: storyOf(item, uri, JSON.stringify(value), pointer, path)}
}

function storyOf(
  item: Lowered,
  uri: string,
  record: string,
  pointer: string,
  path: string,
): StoryInput {
  const flags: StoryInput['flags'] = []
  const residue: StoryInput['residue'] = remainder(item, ITEM, pointer)
  const flag = (code: string, key: string, message: string, evidence?: string): unknown =>
    flags.push({code, pointer: `${pointer}.${key}`, message, evidence})
  const keep = (key: string, value: unknown): unknown =>
    residue.push({
      pointer: `${pointer}.${key}`,
      text: typeof value === 'string' ? value : JSON.stringify(value),
    })

  const headline = headlineOf(item, flag, keep)
  const byline = stringOf(item['by']) ?? stringOf(item['byline'])
  const created = stringOf(item['versioncreated'])
  if (created !== undefined) {
    flag(
      'timeOfVersion',
      'versionCreated',
      `The time when this version was made, ${created}, is taken as the time of publication. Check it.`,
      created,
    )
  }
  const status = stringOf(item['pubstatus']) ?? 'usable'
  if (!['usable', 'withheld'].includes(status)) {
    flag(
      'canceled',
      'pubStatus',
      `The agency says “${status}”. The story is a draft: delete it, or write a retraction.`,
      status,
    )
  }
  const holder = stringOf(item['copyrightholder'])
  return {
    source: {
      format: 'ninjs',
      entry: path,
      pointer,
      key: uri,
      version: (stringOf(item['version']) ?? '').padStart(12, '0'),
      sha256: checksumOf(record),
      originalId: uri,
      urls: [],
    },
    status: status === 'usable' ? 'usable' : status === 'withheld' ? 'withheld' : 'draft',
    headline: headline ?? '',
    names: [],
    bylineText: byline,
    dateline: stringOf(item['located']),
    times: {
      first: timeOf(created),
      embargo: timeOf(stringOf(item['embargoeduntil']) ?? stringOf(item['embargoed'])),
      expires: timeOf(stringOf(item['expires'])),
    },
    body: [...bodyOf(item, pointer, keep), ...picturesOf(item, pointer, flag, keep)],
    topics: topicsOf(item, keep),
    credits: [...listOf(item['infosources']), ...listOf(item['infosource'])].flatMap((one) => {
      const name = nameOf(one)
      if (name === undefined) keep('infoSources', one)
      return name === undefined ? [] : {text: name, kind: 'agency' as const}
    }),
    rights: {
      notice: stringOf(item['copyrightnotice']),
      terms: stringOf(item['usageterms']),
      holder: holder === undefined ? undefined : {text: holder, kind: 'organisation'},
    },
    corrections: [],
    access: 'free',
    language: stringOf(item['language']),
    oldAddresses: [],
    deskNotes: stringOf(item['ednote']),
    residue,
    flags,
    proposals: possibleNames(byline ?? '').map((name) => ({
      field: 'byline',
      value: name,
      evidence: byline ?? '',
      pointer: `${pointer}.by`,
      rule: 'namesInOneField' as const,
      message: `${excerpt(name)} may be an author of the story. Accept or reject the proposal.`,
    })),
  }
}

type Flag = (code: string, key: string, message: string, evidence?: string) => unknown
type Keep = (key: string, value: unknown) => unknown

/** The main one, or the only one. */
function headlineOf(item: Lowered, flag: Flag, keep: Keep): string | undefined {
  const all = listOf(item['headlines'])
  const main = all.find((one) => one['role'] === 'main') ?? all[0]
  for (const one of all) if (one !== main) keep('headlines', one)
  if (all.length > 1 && main?.['role'] !== 'main') {
    flag(
      'severalHeadlines',
      'headlines',
      'No headline is the main one; the first was taken. Check it.',
    )
  }
  return stringOf(main?.['value']) ?? stringOf(item['headline'])
}

/** The body in HTML; plain text only if there is none. The others are kept beside it. */
function bodyOf(item: Lowered, pointer: string, keep: Keep): StoryInput['body'] {
  const bodies = [
    ...listOf(item['bodies']).map((one, index) => ({
      key: `bodies[${index}]`,
      isHtml: /html/i.test(stringOf(one['contenttype']) ?? ''),
      text: stringOf(one['value']) ?? '',
    })),
    ...['body_html', 'body_xhtml', 'body_text'].map((key) => ({
      key,
      isHtml: key !== 'body_text',
      text: stringOf(item[key]) ?? '',
    })),
  ].filter(({text}) => text !== '')
  const chosen = bodies.find(({isHtml}) => isHtml) ?? bodies[0]
  for (const one of bodies) if (one !== chosen) keep(one.key, one.text)
  if (!chosen) return []
  const html = chosen.isHtml ? chosen.text : paragraphsOf(chosen.text)
  return [{kind: 'html', html, pointer: `${pointer}.${chosen.key}`}]
}

function paragraphsOf(text: string): string {
  const paragraphs = text.split(/\r?\n(?:[ \t]*\r?\n)+/).filter((one) => one.trim() !== '')
  return paragraphs
    .map((one) => tagged('p', {}, escapeText(one).replaceAll(/\r?\n/g, '<br>')))
    .join('\n')
}

/** Version 1 keys associations by name; later versions list them. */
function picturesOf(item: Lowered, pointer: string, flag: Flag, keep: Keep): StoryInput['body'] {
  const value = item['associations']
  const all = Array.isArray(value)
    ? listOf(value)
    : Object.entries(lowered(value)).map(([name, one]) => ({name, ...lowered(one)}))
  return all.flatMap((one: Lowered, index) => {
    const key = `associations[${index}]`
    const address = largest(one['renditions'])
    const isPicture = one['type'] === 'picture' || one['type'] === 'graphic'
    if (!isPicture || address === undefined) {
      keep(key, one)
      if (isPicture) {
        flag(
          'pictureWithoutAddress',
          key,
          'The story has a picture whose file is not named. Find it by its id.',
          stringOf(one['uri']),
        )
      }
      return []
    }
    const credit = stringOf(one['creditline']) ?? stringOf(one['by']) ?? stringOf(one['byline'])
    if (credit !== undefined) {
      keep(`${key}.creditline`, credit)
      flag(
        'creditAsPrinted',
        key,
        `The credit of the picture, ${excerpt(credit)}, is one string. Enter who it names.`,
        credit,
      )
    }
    const caption =
      stringOf(one['description_text']) ?? stringOf(listOf(one['descriptions'])[0]?.['value'])
    return {kind: 'figure' as const, figure: {address, caption}, pointer: `${pointer}.${key}`}
  })
}

function largest(value: unknown): string | undefined {
  const all = Array.isArray(value) ? listOf(value) : Object.values(lowered(value)).map(lowered)
  const sizes = all.flatMap((one) => {
    const href = stringOf(one['href'])
    return href === undefined ? [] : {href, width: Number(one['width'] ?? 0)}
  })
  return sizes.toSorted((a, b) => b.width - a.width)[0]?.href
}

function topicsOf(item: Lowered, keep: Keep): StoryInput['topics'] {
  return TOPICS.flatMap(([keys, kind]) =>
    keys.flatMap((key) =>
      listOf(item[key]).flatMap((one) => {
        const name = nameOf(one)
        if (name === undefined) {
          keep(key, one)
          return []
        }
        const code = stringOf(one['uri']) ?? stringOf(one['code'])
        const scheme = stringOf(one['scheme'])
        return {
          name,
          kind,
          sourceId:
            code === undefined ? undefined : ['ninjs', scheme, code].filter(Boolean).join(':'),
        }
      }),
    ),
  )
}

function nameOf(one: Lowered): string | undefined {
  return (
    stringOf(one['name']) ??
    stringOf(one['literal']) ??
    stringOf(listOf(one['names'])[0]?.['value'])
  )
}

function timeOf(raw: string | undefined) {
  return raw === undefined ? undefined : {raw, instant: instantOf(raw)}
}

function lowered(value: unknown): Lowered {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toLowerCase(), one]))
}

function listOf(value: unknown): Lowered[] {
  return Array.isArray(value) ? value.map(lowered) : []
}

/** Numbers too: versions are both. */
function stringOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
