/**
 * ANS, the JSON of Arc XP (washingtonpost/ans-schema, 0.5 to 0.10): one document a file, a list, or
 * the answer to a search (`{"content_elements": [stories]}`). Keys and their meaning are in
 * `mappings.ts`.
 */
import {readFile} from 'node:fs/promises'

import {z} from 'zod'

import {Refusal} from '../../../seed/parse/refusal.ts'
import type {ArchiveIndex, Entry, Format, Item} from '../format.ts'
import {faultsOf, indexed, parseJson} from '../readJson.ts'
import {contributor, image, story} from './ansModel.ts'
import {OTHER_TYPES} from './mappings.ts'
import {type Archive, type Places, storyOf} from './storyOf.ts'

const redirect = z.looseObject({
  type: z.literal('redirect'),
  canonical_url: z.string(),
  redirect_url: z.string(),
})

const author = contributor.extend({type: z.literal('author')})
const document = z.looseObject({type: z.string()})
const results = z.object({type: z.literal('results'), content_elements: z.array(z.unknown())})
const addresses = z.array(z.string())

export const ans: Format = {
  name: 'ans',
  title: 'ANS',
  detects: ({text}) =>
    /^\uFEFF?\s*[[{]/.test(text) &&
    /"version"\s*:\s*"0\.\d+\.\d+"/.test(text) &&
    /"type"\s*:\s*"(?:story|image|author|redirect|gallery|video|results)"/.test(text),
  async index(entry, {index}) {
    for (const {value} of await documentsIn(entry)) addTo(index, value)
  },
  async *read(entry, {index, site}) {
    const places = {archive: archiveIn(index), entry: entry.path, site}
    for (const {pointer, value} of await documentsIn(entry)) yield itemOf(value, pointer, places)
  },
}

interface Placed {
  readonly value: unknown
  readonly pointer: string
}

async function documentsIn({file, path}: Entry): Promise<Placed[]> {
  const value = parseJson(path, await readFile(file, 'utf8'))
  if (Array.isArray(value))
    return value.map((one: unknown, at) => ({value: one, pointer: `[${at}]`}))
  const found = results.safeParse(value)
  if (!found.success) return [{value, pointer: '$'}]
  return found.data.content_elements.map((one, at) => ({
    value: one,
    pointer: `content_elements[${at}]`,
  }))
}

function itemOf(value: unknown, pointer: string, places: Places): Item {
  const refused = (found: string): Item => ({
    kind: 'refused',
    refusal: new Refusal(`${places.entry} ${pointer}`, 0, 'an ANS document', found),
  })
  const typed = document.safeParse(value)
  if (!typed.success) return refused(faultsOf(typed.error))
  const {type} = typed.data
  if (OTHER_TYPES.has(type)) return {kind: 'other', what: type}
  const read = story.safeParse(value)
  if (!read.success) return refused(faultsOf(read.error))
  return {kind: 'story', story: storyOf(read.data, pointer, places)}
}

function addTo(index: ArchiveIndex, value: unknown): void {
  const moved = redirect.safeParse(value)
  if (moved.success) {
    const {canonical_url: from, redirect_url: to} = moved.data
    index.put('ans:redirect', to, JSON.stringify([...archiveIn(index).movedFrom(to), from]))
  }
  const picture = image.safeParse(value)
  if (picture.success && picture.data._id) {
    index.put('ans:image', picture.data._id, JSON.stringify(picture.data))
  }
  const person = author.safeParse(value)
  if (person.success && person.data._id) {
    index.put('ans:author', person.data._id, JSON.stringify(person.data))
  }
}

function archiveIn(index: ArchiveIndex): Archive {
  return {
    author: (id) => indexed(index, 'ans:author', id, contributor),
    image: (id) => indexed(index, 'ans:image', id, image),
    movedFrom: (address) => indexed(index, 'ans:redirect', address, addresses) ?? [],
  }
}
