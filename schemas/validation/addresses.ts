/** Rules about web addresses: the slugs of our own pages, and links to others. */
import type {SlugValue, ValidationContext} from 'sanity'

import {records} from '../untyped.ts'
import {otherHolder, publishedPart} from './dataset.ts'

/**
 * Addresses that open in a browser. The order matters: options equal to Sanity's own default for
 * `url` fields would leave that default, with its own wording, in every other rule of the field.
 */
export const webAddress = {scheme: ['https', 'http']}

/** Slugs are lower case, ASCII and hyphenated, so that they survive being typed and pasted. */
export const slugFormat = (value: SlugValue | undefined) =>
  !value?.current ||
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value.current) ||
  'Use only a–z, 0–9 and single hyphens in the web address, as in “musk-invites-putin”.'

/** Two documents of one type never share an address. */
export const slugIsFree = async (value: SlugValue | undefined, context: ValidationContext) => {
  if (!value?.current || !context.document) return true
  const holder = await otherHolder(context, {
    type: context.document._type,
    holds: 'slug.current == $slug',
    params: {slug: value.current},
  })
  return holder === null || `Choose another web address: “${holder.title}” has this one.`
}

/**
 * No two articles share an address, now or in the past: a retired address redirects to the article
 * that had it. An article may take back an address of its own.
 */
export const articleSlugIsFree = async (
  value: SlugValue | undefined,
  context: ValidationContext,
) => {
  if (!value?.current) return true
  const holder = await otherHolder(context, {
    type: 'article',
    holds: '(slug.current == $slug || $slug in previousSlugs[].slug)',
    params: {slug: value.current},
    mainly: 'slug.current == $slug',
  })
  return (
    holder === null ||
    `Choose another web address: “${holder.title}” ${holder.mainly ? 'has' : 'once had'} this one.`
  )
}

/**
 * The Publish button retires an address that has changed. A release is published by the lake, where
 * nobody presses that button, so the old address has to be kept beforehand.
 */
export const releaseKeepsOldAddress = async (
  value: SlugValue | undefined,
  context: ValidationContext,
) => {
  const {document} = context
  if (!value?.current || !document?._id.startsWith('versions.')) return true
  const known = await publishedPart<string>(context, '.slug.current')
  return (
    known === null ||
    known === value.current ||
    records(document['previousSlugs']).some(({slug}) => slug === known) ||
    `Readers know this story as “${known}”: press “Keep the old web address”, or old links will break.`
  )
}
