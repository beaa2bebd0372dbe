/**
 * The “Preview” tab: what the site’s own query answers for the unsaved form. The query runs here, over
 * the form and what it refers to, so editors see what readers will, with every fallback.
 */
import {evaluate, parse} from 'groq-js'

import {BODY_BLOCKS} from '../../../front/queries/fragments.ts'
import {articleBySlugQuery, previewOf} from '../../../front/queries/index.ts'
import type {BlockAnswer, StoryAnswer} from '../../../front/view/answers.ts'
import {isRecord, records, textOf} from '../../../schemas/untyped.ts'

type Document = Readonly<Record<string, unknown>>

/** Readers never see archived blocks, so the query leaves them out; editors look for them here. */
const query = parse(previewOf(articleBySlugQuery).replaceAll(BODY_BLOCKS, () => 'body[]'))

/** After every embargo, and after every time of publication. */
const NOW = '9999-12-31T23:59:59.999Z'

const ID = 'story'

/** The article without the fields that would hide it from the query. */
const withoutLimits = ({
  embargoUntil: _embargo,
  expiresAt: _expiry,
  pubStatus: _status,
  ...article
}: Document): Document => ({...article, _id: ID, _type: 'article'})

/**
 * @param article The form’s values, complete or not.
 * @param referred The documents that it refers to, as far as they are loaded.
 */
export const storyAnswer = async (
  article: Document,
  referred: readonly Document[],
): Promise<StoryAnswer> => {
  const dataset = [withoutLimits(article), ...referred.filter(({_id}) => _id !== article['_id'])]
  const value = await evaluate(query, {dataset, params: {slug: ID, now: NOW}})
  const answer: unknown = await value.get()
  if (!isAnswer(answer)) return {}
  const archived = new Map(records(article['body']).map((block) => [block['_key'], block]))
  return {
    ...answer,
    body:
      answer.body?.map((block): BlockAnswer => {
        if (block._type !== 'archivedBlock') return block
        const {kind, text} = archived.get(block._key) ?? {}
        return {...block, kind: textOf(kind), text: textOf(text)}
      }) ?? null,
  }
}

const isAnswer = (value: unknown): value is StoryAnswer => isRecord(value) && '_id' in value
