/** Rules about who is named: bylines, sources, sponsors, and the works that are credited. */
import type {Reference, ValidationContext} from 'sanity'

import {records, refOf, textOf} from '../untyped.ts'
import {textBlocks} from './body.ts'
import {draftsClient} from './dataset.ts'

/**
 * The story has a byline: authors, or a printed byline whose authors are not known one by one, as
 * in many archives.
 */
export const bylineNamesSomebody = (
  value: readonly unknown[] | undefined,
  {document}: ValidationContext,
) =>
  (value !== undefined && value.length > 0) ||
  textOf(document?.['bylineText']) !== undefined ||
  'Add at least one author, or fill in the custom byline text.'

const identity = (entry: Record<string, unknown>): string =>
  JSON.stringify([refOf(entry['author']), entry['role']])

/** The same author twice in the same role is a slip; twice in two roles is two credits. */
export const noRepeatedByline = (value: unknown[] | undefined) => {
  const entries = records(value)
  return entries
    .filter(
      (entry, index) =>
        refOf(entry['author']) !== undefined &&
        entries.slice(0, index).some((earlier) => identity(earlier) === identity(entry)),
    )
    .map((entry) => ({
      message: 'This author is in the byline twice in the same role: remove one.',
      path: [{_key: String(entry['_key'])}],
    }))
}

/** Readers have a right to know who pays. */
export const sponsoredNamesSponsor = (
  value: Reference | undefined,
  {document}: ValidationContext,
) =>
  document?.['articleType'] !== 'sponsored' ||
  value !== undefined ||
  'Choose the sponsor: a sponsored article must say who pays for it.'

/** Numbered sources are numbered as a list is; lines without a number belong to the one above. */
export const creditNumbersRunFromOne = (value: unknown[] | undefined) => {
  const numbers = records(value)
    .map((line) => line['number'])
    .filter((number) => number !== undefined)
  return (
    (new Set(numbers).size === numbers.length &&
      numbers.every((_, index) => numbers.includes(index + 1))) ||
    'Number the sources 1, 2, 3 … without gaps or repeats, or leave the numbers out.'
  )
}

/** The credits that words in the story, or in one of its fact boxes, name as their source. */
const namedCredits = (body: unknown): string[] => {
  const boxes = records(body).filter((item) => item['_type'] === 'factBox')
  return [...textBlocks(body), ...boxes.flatMap((box) => textBlocks(box['body']))]
    .flatMap((block) => block.markDefs)
    .filter((mark) => mark._type === 'attribution')
    .flatMap((mark) => refOf(mark['credit']) ?? [])
}

/** A source named in the text is in the list too, itself or through a work it published. */
export const namedSourcesAreCredited = async (
  value: unknown[] | undefined,
  context: ValidationContext,
) => {
  const credited = records(value).flatMap((line) => refOf(line['credit']) ?? [])
  const missing = namedCredits(context.document?.['body']).filter((id) => !credited.includes(id))
  if (missing.length === 0) return true
  const names = await draftsClient(context).fetch<string[]>(
    `*[_id in $missing && !(_id in *[_id in $credited].publisher._ref)].name`,
    {missing, credited},
  )
  return (
    names.length === 0 ||
    `The story names ${names.map((name) => `“${name}”`).join(' and ')}: add it to the sources.`
  )
}

/** Readers should be able to check a source. */
export const workHasLink = (value: string | undefined, {document}: ValidationContext) =>
  document?.['kind'] !== 'work' ||
  Boolean(value) ||
  'Add a link to this work, so that readers can check it.'

/** A title alone credits nobody. */
export const workNamesPublisher = (value: Reference | undefined, {document}: ValidationContext) =>
  document?.['kind'] !== 'work' || value !== undefined || 'Choose the publisher of this work.'
