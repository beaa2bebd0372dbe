/** What search results and shared links show of an article, as long as nothing else is written. */
import {isRecord, records, textOf} from '../../../schemas/untyped.ts'
import {blockText, textBlocks} from '../../../schemas/validation/body.ts'

interface CardWords {
  readonly title: string
  readonly description: string
  readonly path: string
}

/** The words of a card, cut as the places that show them do. */
export const cardWords = (
  article: Readonly<Record<string, unknown>>,
  card: 'seo' | 'social',
  limits: {readonly title: number; readonly description: number},
): CardWords => {
  const own = records([article[card]])[0] ?? {}
  const [first] = textBlocks(article['body']).map(blockText)
  const slug = isRecord(article['slug']) ? textOf(article['slug']['current']) : undefined
  return {
    title: cut(textOf(own['title']) ?? textOf(article['headline']) ?? '', limits.title),
    description: cut(
      textOf(own['description']) ?? textOf(article['standfirst']) ?? first ?? '',
      limits.description,
    ),
    path: `/news/${slug ?? '…'}`,
  }
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit).replace(/\s+\S*$/, '')} …`
