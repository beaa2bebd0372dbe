import type {ValidationContext} from 'sanity'

import {ownId, publishedClient} from './clients.ts'
import {blockText, textBlocks} from './portableText.ts'

const words = (body: unknown): string => textBlocks(body).map(blockText).join('\n')

/** Asks, and does not insist: a mended comma updates nothing, a new paragraph does. */
export const bodyChangeIsDated = async (value: string | undefined, context: ValidationContext) => {
  const published = await publishedClient(context).fetch<{
    body: unknown
    updatedAt: string | null
  } | null>('*[_id == $id][0]{body, updatedAt}', {id: ownId(context)})
  return (
    published === null ||
    (published.updatedAt ?? undefined) !== value ||
    words(published.body) === words(context.document?.['body']) ||
    'The words differ from what is published. If readers should know, mark the story as updated.'
  )
}
