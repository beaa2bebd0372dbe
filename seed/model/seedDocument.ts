/**
 * Every document that an import may write, with its types. Both come from the schema in `schemas/`:
 * the types by way of Sanity's TypeGen, the checks by way of the extracted schema.
 */
import {z} from 'zod'

import type {
  AllSanitySchemaTypes,
  NewsBody,
  Provenance,
} from '../../front/queries/sanity.types.generated.ts'
import {documentModel, fieldModel, type TypeOf} from './documentModel.ts'
import {currentSchema} from './extractedSchema.ts'

export type {Figure, NewsBody, Provenance} from '../../front/queries/sanity.types.generated.ts'

type Stored = Exclude<Extract<AllSanitySchemaTypes, {_rev: string}>, {_type: `sanity.${string}`}>

/** A document before the server adds its own fields. */
type Written<Document> = Document extends unknown
  ? Omit<Document, '_createdAt' | '_updatedAt' | '_rev'>
  : never

export type SeedDocument = Written<Stored>

type OfType<Type extends SeedDocument['_type']> = Extract<SeedDocument, {_type: Type}>

export type Article = OfType<'article'>
export type Author = OfType<'author'>
export type Credit = OfType<'credit'>
export type MostRead = OfType<'mostRead'>
export type SiteSettings = OfType<'siteSettings'>
export type Topic = OfType<'topic'>

export type Block = Extract<NewsBody[number], {_type: 'block'}>
export type Annotation = NonNullable<Block['markDefs']>[number]
export type Proposal = NonNullable<Provenance['proposals']>[number]

/** The model of all documents; with `typeOf`, references are checked too: see `documentModel`. */
export const seedDocuments = (typeOf?: TypeOf) =>
  documentModel(currentSchema, typeOf).pipe(z.custom<SeedDocument>())

/** The model of a document on its own: nothing is written that it does not accept. */
export const seedDocument = seedDocuments()

/** The kinds of topics, for the table of known ones. */
export const topicKind = fieldModel(currentSchema, 'topic', 'kind').pipe(z.custom<Topic['kind']>())
