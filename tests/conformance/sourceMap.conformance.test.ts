import {createRequire} from 'node:module'

import {
  applySourceDocuments,
  type ContentSourceMap,
  parseJsonPath,
  resolveEditUrl,
  resolveMapping,
} from '@sanity/client/csm'
import {createClient} from '@sanity/client/stega'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {isRecord} from './isRecord.ts'
import {openTarget, type Target} from './target.ts'

/** The decoder that belongs to the client's own encoder. */
const stega: {vercelStegaDecode(text: string): unknown} = createRequire(
  createRequire(import.meta.url).resolve('@sanity/client'),
)('@vercel/stega')

const span = (key: string, text: string) => ({_type: 'span', _key: key, text, marks: []})

let target: Target
beforeAll(async () => {
  target = await openTarget()
  const {id} = target
  const ref = (name: string) => ({_type: 'reference', _ref: id(name)})
  await target
    .client()
    .transaction()
    .create({_id: id('ada'), _type: 'writer', name: 'Ada', slug: {current: 'ada'}})
    .create({_id: id('sea'), _type: 'subject', title: 'Sea'})
    .create({_id: id('sky'), _type: 'subject', title: 'Sky'})
    .create({
      _id: id('story'),
      _type: 'piece',
      headline: 'Waves',
      slug: {current: id('story')},
      writer: ref('ada'),
      subjects: [
        {...ref('sky'), _key: 'k1'},
        {...ref('sea'), _key: 'k2'},
      ],
      body: [
        {_type: 'block', _key: 'b1', style: 'normal', children: [span('s1', 'First.')]},
        {
          _type: 'block',
          _key: "b'2",
          style: 'normal',
          children: [span('s2', 'Second,'), span('s3', 'and third.')],
        },
      ],
      rank: 2,
    })
    .create({_id: id('older'), _type: 'piece', headline: 'Tides', rank: 1})
    .create({_id: `drafts.${id('older')}`, _type: 'piece', headline: 'Tides, revised', rank: 1})
    .commit()
})
afterAll(() => target.close())

type Option = true | 'withKeyArraySelector'

interface Traced {
  readonly result: unknown
  readonly map: ContentSourceMap
  /** The source document and path of a value in the result, or that there is none. */
  source(path: string): string | undefined
}

const trace = async (
  query: string,
  {
    option = true,
    perspective = 'published',
  }: {option?: Option; perspective?: 'published' | 'drafts'} = {},
): Promise<Traced> => {
  const params = {slug: target.id('story'), story: target.id('story'), older: target.id('older')}
  const {result, resultSourceMap: map} = await target
    .client({perspective})
    .fetch(query, params, {filterResponse: false, resultSourceMap: option})
  if (!map) throw new Error('There is no source map in the answer.')
  return {
    result,
    map,
    source: (path) => {
      const found = resolveMapping(parseJsonPath(path), map)
      const source = found?.mapping.source
      if (found === undefined || source?.type !== 'documentValue') return source?.type
      const document = map.documents[source.document]
      const id = document?._id.replace(target.id(''), '')
      return `${document?._type} ${id} ${map.paths[source.path]}${found.pathSuffix}`
    },
  }
}

const BY_SLUG = '*[_type == "piece" && slug.current == $slug][0]'

describe('GET /data/query', () => {
  test('resultSourceMap: none unless requested', async () => {
    const answer = await target.client().fetch('*[0]', {}, {filterResponse: false})
    expect(answer).not.toHaveProperty('resultSourceMap')
  })

  test('resultSourceMap: attributes, renamed ones, references and arrays of them', async () => {
    const {result, source} = await trace(
      `${BY_SLUG}{headline, "title": headline, "by": writer->name, subjects[]->{title}, body}`,
    )
    expect(result).toMatchObject({
      title: 'Waves',
      by: 'Ada',
      subjects: [{title: 'Sky'}, {title: 'Sea'}],
    })
    expect(source("$['headline']")).toBe("piece story $['headline']")
    expect(source("$['title']")).toBe("piece story $['headline']")
    expect(source("$['by']")).toBe("writer ada $['name']")
    expect(source("$['subjects'][0]['title']")).toBe("subject sky $['title']")
    expect(source("$['subjects'][1]['title']")).toBe("subject sea $['title']")
    expect(source("$['body'][1]['children'][0]['text']")).toBe(
      "piece story $['body'][1]['children'][0]['text']",
    )
  })

  test('resultSourceMap: a value by itself, a whole document attribute by attribute', async () => {
    expect((await trace(`${BY_SLUG}.headline`)).map).toEqual({
      documents: [{_id: target.id('story'), _type: 'piece'}],
      paths: ["$['headline']"],
      mappings: {$: {type: 'value', source: {type: 'documentValue', document: 0, path: 0}}},
    })
    const whole = await trace(BY_SLUG)
    expect(whole.source("$['slug']['current']")).toBe("piece story $['slug']['current']")
    expect(Object.keys(whole.map.mappings)).not.toContain('$')
  })

  test('resultSourceMap: keys of array elements, if the query selects them', async () => {
    const query = `${BY_SLUG}{body[]{..., "texts": children[].text}, "third": body[1].children[1].text}`
    const keyed = await trace(query, {option: 'withKeyArraySelector'})
    expect(keyed.source("$['body'][0]['children']")).toBe(
      "piece story $['body'][?(@._key=='b1')]['children']",
    )
    expect(keyed.source("$['third']")).toBe(
      "piece story $['body'][?(@._key=='b\\'2')]['children'][?(@._key=='s3')]['text']",
    )
    const plain = await trace(query)
    expect(plain.source("$['body'][1]['texts'][1]")).toBe(
      "piece story $['body'][1]['children'][1]['text']",
    )
  })

  test('resultSourceMap: filtered arrays, splats, coalesce and select', async () => {
    const {result, source} = await trace(`${BY_SLUG}{
      ...,
      "second": body[style == "normal"][1].children[0].text,
      "name": coalesce(title, headline),
      "kind": select(rank > 1 => headline, "none"),
      "fixed": coalesce(title, "Untitled"),
      "length": length(headline),
      rank == 2 => {"more": writer->{...}.name},
      "nothing": missing
    }`)
    expect(result).toMatchObject({second: 'Second,', name: 'Waves', kind: 'Waves', length: 5})
    expect(source("$['second']")).toBe("piece story $['body'][1]['children'][0]['text']")
    expect(source("$['name']")).toBe("piece story $['headline']")
    expect(source("$['kind']")).toBe("piece story $['headline']")
    expect(source("$['headline']")).toBe("piece story $['headline']")
    expect(source("$['more']")).toBe("writer ada $['name']")
    expect(source("$['fixed']")).toBe('literal')
    expect(source("$['length']")).toBe('unknown')
    expect(source("$['nothing']")).toBeUndefined()
  })

  test('resultSourceMap: lists that are ordered, sliced and joined', async () => {
    const {result, source} = await trace(`{"list": *[_id in [$story, $older]]{
      headline, rank, "others": *[_id in [$story, $older] && _id != ^._id]{headline, "of": ^.headline}
    } | order(rank desc)[0...2]}`)
    expect(result).toMatchObject({list: [{headline: 'Waves'}, {headline: 'Tides'}]})
    expect(source("$['list'][0]['headline']")).toBe("piece story $['headline']")
    expect(source("$['list'][1]['headline']")).toBe("piece older $['headline']")
    expect(source("$['list'][0]['others'][0]['headline']")).toBe("piece older $['headline']")
    expect(source("$['list'][0]['others'][0]['of']")).toBe("piece story $['headline']")
  })

  test('resultSourceMap: drafts by their own ids', async () => {
    const query = '*[_id == $older][0]{_id, headline}'
    const {result, source} = await trace(query, {perspective: 'drafts'})
    expect(result).toMatchObject({_id: target.id('older'), headline: 'Tides, revised'})
    expect(source("$['headline']")).toBe("piece drafts.older $['headline']")
    expect((await trace(query)).source("$['headline']")).toBe("piece older $['headline']")
  })
})

/** The end of an address in the Studio. */
const editing = (path: string, name: string, type: string) =>
  expect.stringContaining(
    `/studio/intent/edit/mode=presentation;id=${target.id(name)};type=${type};path=${encodeURIComponent(path)}?`,
  )

describe('@sanity/client/stega and csm', () => {
  test('strings of a result carry the path of their field', async () => {
    const client = createClient({
      ...target.client({perspective: 'published'}).config(),
      resultSourceMap: 'withKeyArraySelector',
      stega: {enabled: true, studioUrl: '/studio'},
    })
    const answer: unknown = await client.fetch(
      `${BY_SLUG}{headline, "by": writer->{"called": name}, subjects[]->{title}, body}`,
      {slug: target.id('story')},
    )
    const hrefs = textsIn(answer).flatMap((text) => {
      const decoded = stega.vercelStegaDecode(text)
      return isRecord(decoded) ? [decoded['href']] : []
    })
    expect(hrefs).toHaveLength(7)
    expect(hrefs).toEqual(
      expect.arrayContaining([
        editing('headline', 'story', 'piece'),
        editing('name', 'ada', 'writer'),
        editing('title', 'sky', 'subject'),
        editing('title', 'sea', 'subject'),
        editing('body[_key=="b1"].children[_key=="s1"].text', 'story', 'piece'),
      ]),
    )
  })

  test('resolveEditUrl gives the address of the draft’s field', async () => {
    const {map} = await trace('*[_id == $older]{"title": headline}', {perspective: 'drafts'})
    const url = resolveEditUrl({
      studioUrl: '/studio',
      resultSourceMap: map,
      resultPath: '[0].title',
    })
    expect(url).toEqual(editing('headline', 'older', 'piece'))
    expect(url).not.toContain('perspective=published')
  })

  test('applySourceDocuments shows an edit before the next result', async () => {
    const {result, map} = await trace(`${BY_SLUG}{"title": headline, "by": writer->name}`)
    const edited = applySourceDocuments(
      result,
      map,
      ({_id, _type}) => (_type === 'piece' ? {_id, _type, headline: 'Breakers'} : null),
      (changed) => changed,
      'published',
    )
    expect(edited).toEqual({title: 'Breakers', by: 'Ada'})
  })
})

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : []
}
