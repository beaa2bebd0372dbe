/** What the queries answer, as views take it: a preview shows stories that are not finished. */
import type {
  ArticleBySlugQueryResult,
  FrontPageQueryResult,
} from '../queries/sanity.types.generated.ts'

/** A value in which anything may be missing, but for the type of a block and the key of an item. */
export type Incomplete<Value> = Value extends readonly (infer Item)[]
  ? readonly Incomplete<Item>[]
  : Value extends object
    ? {
        readonly [Name in keyof Value as Name extends '_type' ? Name : never]: Value[Name]
      } & {
        readonly [Name in Exclude<keyof Value, '_type' | symbol>]?: Incomplete<Value[Name]> | null
      }
    : Value

/** An article by its slug. */
export type StoryAnswer = Omit<Incomplete<NonNullable<ArticleBySlugQueryResult>>, 'body'> & {
  readonly body?: readonly BlockAnswer[] | null
}

/** An article in a list. */
export type CardAnswer = Incomplete<FrontPageQueryResult[number]>

type Body = NonNullable<ArticleBySlugQueryResult>['body'][number]

/** A block that an import could only archive. Only an editor's preview asks for it. */
interface Archived {
  readonly _type: 'archivedBlock'
  readonly _key?: string | null
  readonly kind?: string | null
  readonly text?: string | null
}

/** A block of a story. */
export type BlockAnswer = Incomplete<Body> | Archived

/** The block of one type. */
export type BlockOf<Type extends BlockAnswer['_type']> = Extract<
  BlockAnswer,
  {readonly _type: Type}
>

/** A mark of a text block: what a link leads to, who is quoted. */
export type MarkAnswer = NonNullable<NonNullable<BlockOf<'block'>['markDefs']>[number]>

/** A line of credits. */
export type CreditLineAnswer = NonNullable<NonNullable<StoryAnswer['credits']>[number]>
