/** What search results and shared links show of an article: its words for them, or those of the story. */
import {urlOf} from '../../../front/addresses.ts'
import {isRecord, textOf} from '../../../schemas/untyped.ts'
import {blockText, textBlocks} from '../../../schemas/validation/body.ts'
import {slugOf} from '../../actions/retireAddress.ts'

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
  const own = isRecord(article[card]) ? article[card] : {}
  const [first] = textBlocks(article['body']).map(blockText)
  return {
    title: cut(textOf(own['title']) ?? textOf(article['headline']) ?? '', limits.title),
    description: cut(
      textOf(own['description']) ?? textOf(article['standfirst']) ?? first ?? '',
      limits.description,
    ),
    path: urlOf({_type: 'article', slug: slugOf(article)}) ?? '/news/…',
  }
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit).replace(/\s+\S*$/, '')} …`
