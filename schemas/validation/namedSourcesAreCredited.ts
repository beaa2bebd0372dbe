import type {ValidationContext} from 'sanity'

import {records, refOf} from '../untyped.ts'
import {draftsClient} from './clients.ts'
import {textBlocks} from './portableText.ts'

/** The credits that words in the story, or in one of its fact boxes, name as their source. */
const namedCredits = (body: unknown): string[] => {
  const boxes = records(body).filter((item) => item['_type'] === 'factBox')
  return [...textBlocks(body), ...boxes.flatMap((box) => textBlocks(box['body']))]
    .flatMap((block) => block.markDefs)
    .filter((mark) => mark._type === 'attribution')
    .flatMap((mark) => refOf(mark['credit']) ?? [])
}

/**
 * A source named in the text stands in the list too, itself or through a work it published.
 */
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
