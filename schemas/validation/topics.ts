/** Rules about topics: sections, the tree they form, merging, and ids of other authorities. */
import type {Reference, ValidationContext} from 'sanity'

import {isRecord, refOf} from '../untyped.ts'
import {draftsClient, otherHolder, ownId} from './dataset.ts'

/** Without topics nobody finds a story; with too many they say nothing. */
export const topicCount = (value: unknown[] | undefined) => {
  const count = value?.length ?? 0
  if (count === 0) return 'Add a topic: topic pages and related stories are built from them.'
  return count <= 12 || 'Keep at most twelve topics: those the story is most about.'
}

/** Navigation is built from sections: a story filed under a person would be lost. */
export const sectionIsSection = async (
  value: Reference | undefined,
  context: ValidationContext,
) => {
  if (!value?._ref) return true
  const topic = await draftsClient(context).fetch<{kind: string; name: string} | null>(
    '*[_id == $id][0]{kind, name}',
    {id: value._ref},
  )
  return (
    topic === null ||
    topic.kind === 'section' ||
    `Choose a section: “${topic.name}” is a topic of another kind.`
  )
}

/** A story is not its own further reading. */
export const notRelatedToItself = (value: unknown[] | undefined, context: ValidationContext) =>
  !(value ?? []).some((item) => refOf(item) === ownId(context)) ||
  'Remove this article from its own related articles.'

/** Follows the parents upwards: a topic that is its own ancestor would make breadcrumbs endless. */
export const parentHasNoCycle = async (
  value: Reference | undefined,
  context: ValidationContext,
) => {
  const client = draftsClient(context)
  const self = ownId(context)
  const seen = new Set<string>()
  let ancestor = value?._ref
  while (ancestor && !seen.has(ancestor)) {
    if (ancestor === self) return 'Choose another topic: that one is itself part of this one.'
    seen.add(ancestor)
    ancestor =
      (await client.fetch<string | null>('*[_id == $id][0].parent._ref', {id: ancestor})) ??
      undefined
  }
  return true
}

/** A topic that is kept is not merged into anything, least of all itself. */
export const notMergedIntoItself = (value: Reference | undefined, context: ValidationContext) =>
  !value?._ref ||
  value._ref !== ownId(context) ||
  'Choose another topic to keep, not this one, or clear the field.'

const schemes = new Map<unknown, {pattern: RegExp; example: string}>([
  ['wikidata', {pattern: /^Q[1-9]\d*$/, example: 'a Wikidata ID, such as “Q317521”'}],
  ['iptc', {pattern: /^medtop:\d{8}$/, example: 'an IPTC Media Topic, such as “medtop:04000000”'}],
  ['iso3166-1', {pattern: /^[A-Z]{2}$/, example: 'a two-letter country code, such as “GB”'}],
])

/** Each authority writes its ids in its own way. */
export const externalIdFitsScheme = (value: string | undefined, {parent}: ValidationContext) => {
  const scheme = isRecord(parent) ? schemes.get(parent['scheme']) : undefined
  return !value || !scheme || scheme.pattern.test(value) || `Write ${scheme.example}.`
}

/** Two topics with one id are probably one topic. */
export const externalIdIsFree = async (value: string | undefined, context: ValidationContext) => {
  const scheme = isRecord(context.parent) ? context.parent['scheme'] : undefined
  if (!value || !scheme) return true
  const holder = await otherHolder(context, {
    type: 'topic',
    holds: '!defined(mergedInto) && count(externalIds[scheme == $scheme && value == $value]) > 0',
    params: {scheme, value},
  })
  return (
    holder === null || `“${holder.title}” has this ID too: merge the two topics, or correct the ID.`
  )
}
