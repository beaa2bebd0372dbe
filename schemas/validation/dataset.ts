/** How rules look at other documents: one client for each way to see the dataset. */
import {
  getPublishedId,
  isDraftId,
  isVersionId,
  type SanityClient,
  type ValidationContext,
} from 'sanity'

const apiVersion = '2025-02-19'

type Perspective = 'drafts' | 'raw' | 'published'

/** The part of a rule's context that is needed to look at other documents. */
type Context = Pick<ValidationContext, 'document' | 'getClient'>

const clientFor = (context: Context, perspective: Perspective): SanityClient =>
  context.getClient({apiVersion}).withConfig({perspective, useCdn: false})

/** Sees every document as an editor does: drafts over what is published, under published ids. */
export const draftsClient = (context: Context): SanityClient => clientFor(context, 'drafts')

/** Sees drafts, versions and published documents side by side. */
export const rawClient = (context: Context): SanityClient => clientFor(context, 'raw')

/** The published id of the document under validation, whichever draft or version it is. */
export const ownId = (context: Context): string => getPublishedId(context.document?._id ?? '')

/** What a rule is asked about; nothing while the schema is read. */
interface Validated {
  readonly document?: {readonly _id: string} | undefined
}

/** Whether a draft is under validation, which the Publish button publishes. */
export const isOfDraft = (context: Validated | undefined): boolean =>
  context?.document !== undefined && isDraftId(context.document._id)

/** Whether a draft or a version in a release is under validation, and not what readers see. */
export const isNotOutYet = (context: Validated | undefined): boolean =>
  isOfDraft(context) || (context?.document !== undefined && isVersionId(context.document._id))

/**
 * What readers see of the document under validation; null while it is not published.
 * @param part GROQ behind the document: `.slug.current`, `{body, updatedAt}`
 */
export const publishedPart = <Part>(context: Context, part: string): Promise<Part | null> =>
  clientFor(context, 'published').fetch<Part | null>(`*[_id == $id][0]${part}`, {
    id: ownId(context),
  })

export interface UniqueValue {
  /** The type of document in which the value may occur once. */
  readonly type: string
  /** GROQ that is true of a document that has the value. */
  readonly holds: string
  readonly params: Record<string, unknown>
  /** GROQ that is true of the holder to name where there are several. */
  readonly mainly?: string
}

/**
 * Another document that has a value already; null where there is none. Every rule of uniqueness
 * asks here. Drafts and versions of other documents count; those of this document do not.
 */
export const otherHolder = (
  context: Context,
  {type, holds, params, mainly = 'true'}: UniqueValue,
): Promise<{title: string; mainly: boolean} | null> =>
  rawClient(context).fetch(
    `*[_type == $type && !sanity::versionOf($self) && ${holds}]
      | order(${mainly} desc)[0]{"title": coalesce(headline, name, _id), "mainly": ${mainly}}`,
    {...params, type, self: ownId(context)},
  )
