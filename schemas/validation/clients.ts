import {getPublishedId, type SanityClient, type ValidationContext} from 'sanity'

const apiVersion = '2025-02-19'

/** Sees every document as an editor does: drafts over what is published, under published ids. */
export const draftsClient = (context: ValidationContext): SanityClient =>
  context.getClient({apiVersion}).withConfig({perspective: 'drafts', useCdn: false})

/** Sees drafts, versions and published documents side by side. */
export const rawClient = (context: ValidationContext): SanityClient =>
  context.getClient({apiVersion}).withConfig({perspective: 'raw', useCdn: false})

/** Sees what readers see. */
export const publishedClient = (context: ValidationContext): SanityClient =>
  context.getClient({apiVersion}).withConfig({perspective: 'published', useCdn: false})

/** The published id of the document under validation, whichever draft or version it is. */
export const ownId = (context: ValidationContext): string =>
  getPublishedId(context.document?._id ?? '')
