/**
 * Compile-time tests of TypeGen's types: `tsc` checks this file, vitest only runs it.
 * `client.fetch(query)` must infer each result without type arguments.
 */
import {createClient} from '@sanity/client'
import type {SanityQueries} from '@sanity/client'
import {describe, expectTypeOf, it} from 'vitest'

import * as library from '../../front/queries/index.ts'
import type * as generated from '../../front/queries/sanity.types.generated.ts'

type IsAny<T> = 0 extends 1 & T ? true : false

type IsUnion<T, Member = T> = [T] extends [never]
  ? false
  : Member extends unknown
    ? [T] extends [Member]
      ? false
      : true
    : never

/** The paths of a type at which it is `any`, `unknown` or `never`. */
type Holes<T, Path extends string = ''> =
  IsAny<T> extends true
    ? `any at ${Path}`
    : unknown extends T
      ? `unknown at ${Path}`
      : [T] extends [never]
        ? `never at ${Path}`
        : T extends readonly (infer Item)[]
          ? Holes<Item, `${Path}[]`>
          : T extends object
            ? {[Key in keyof T & string]: Holes<T[Key], `${Path}.${Key}`>}[keyof T & string]
            : never

type Library = Omit<typeof library, 'previewOf' | 'searchPattern'>

/** The names of the queries that TypeGen does not know. */
type Unknown = {
  [Name in keyof Library]: Library[Name] extends keyof SanityQueries ? never : Name
}[keyof Library]

const client = createClient({projectId: 'copydesk', useCdn: false, apiVersion: '2025-02-19'})

const front = () => client.fetch(library.frontPageQuery, {now: ''})
const article = () => client.fetch(library.articleBySlugQuery, {now: '', slug: ''})
const preview = () =>
  client.fetch(library.previewOf(library.articleBySlugQuery), {now: '', slug: ''})
const site = () => client.fetch(library.siteQuery)

describe('the type of a result', () => {
  it('is known for every query', () => {
    expectTypeOf<Unknown>().toEqualTypeOf<never>()
  })

  it('has no any, unknown or never', () => {
    expectTypeOf<
      {[Query in keyof SanityQueries]: Holes<SanityQueries[Query]>}[keyof SanityQueries]
    >().toEqualTypeOf<never>()
  })

  it('is checked by a test that can fail', () => {
    type Holey = {a: {b: never}[]; c?: unknown; d: string; e: unknown; [f: symbol]: string}
    expectTypeOf<Holes<Holey>>().toEqualTypeOf<
      'never at .a[].b' | 'unknown at .c' | 'unknown at .e'
    >()
    expectTypeOf<Holes<ReturnType<typeof JSON.parse>>>().toEqualTypeOf<'any at '>()
  })

  it('is what client.fetch returns', () => {
    expectTypeOf(front).returns.resolves.toEqualTypeOf<generated.FrontPageQueryResult>()
    expectTypeOf(article).returns.resolves.toEqualTypeOf<generated.ArticleBySlugQueryResult>()
    expectTypeOf(preview).returns.resolves.toEqualTypeOf<generated.ArticleBySlugQueryResult>()
    expectTypeOf(site).returns.resolves.toEqualTypeOf<generated.SiteQueryResult>()
  })

  it('is null where a value may be missing, and only there', () => {
    type Article = NonNullable<generated.ArticleBySlugQueryResult>
    expectTypeOf<
      Article['headline' | 'summary' | 'dateModified' | 'slug']
    >().toEqualTypeOf<string>()
    expectTypeOf<Article['standfirst']>().toEqualTypeOf<string | null>()
    expectTypeOf<null>().toExtend<Article['leadMedia']>()
    expectTypeOf<null>().toExtend<Article['topics']>()
    expectTypeOf<Article['section']['name']>().toEqualTypeOf<string>()
    type Item = NonNullable<generated.MostReadQueryResult>['items'][number]
    expectTypeOf<Item['slug']>().toEqualTypeOf<string | null>()
    expectTypeOf<generated.FeedQueryResult[number]['summary']>().toEqualTypeOf<string | null>()
    expectTypeOf<null>().toExtend<generated.FeedQueryResult[number]['body']>()
  })

  it('is one for each type of block and mark', () => {
    type Blocks = NonNullable<generated.ArticleBySlugQueryResult>['body'][number]
    type Marks = NonNullable<Extract<Blocks, {_type: 'block'}>['markDefs']>[number]
    /** The types that occur more than once in a union of objects. */
    type Repeated<Union extends {_type: string}> = {
      [Type in Union['_type']]: IsUnion<Extract<Union, {_type: Type}>> extends true ? Type : never
    }[Union['_type']]
    expectTypeOf<Repeated<Blocks | Marks>>().toEqualTypeOf<never>()
    expectTypeOf<
      Repeated<{_type: 'a'; x: 1} | {_type: 'a'; y: 1} | {_type: 'b'}>
    >().toEqualTypeOf<'a'>()
    // Lines with their credits, never the references that are stored.
    type Line = NonNullable<Extract<Blocks, {_type: 'video'}>['credits']>[number]
    expectTypeOf<Line['text']>().toEqualTypeOf<string>()
    expectTypeOf<Line['credit']['name']>().toEqualTypeOf<string>()
  })

  it('distinguishes the links of a story by their targets', () => {
    type Block = Extract<
      NonNullable<generated.ArticleBySlugQueryResult>['body'][number],
      {_type: 'block'}
    >
    type Link = Extract<NonNullable<Block['markDefs']>[number], {_type: 'internalLink'}>['to']
    expectTypeOf<Extract<Link, {_type: 'article'}>['slug']>().toEqualTypeOf<string | null>()
    expectTypeOf<Extract<Link, {_type: 'topic'}>['slug']>().toEqualTypeOf<string>()
  })
})
