/** The form of an article: how long the story is. */
import {records, textOf} from '../../../schemas/untyped.ts'
import {blockText, textBlocks} from '../../../schemas/validation/body.ts'

/** Words a minute: the average of adults who read non-fiction in English. */
const PACE = 238

const words = new Intl.Segmenter('en-GB', {granularity: 'word'})

const count = (text: string): number =>
  [...words.segment(text)].filter(({isWordLike}) => isWordLike).length

/** The words of the story and its fact boxes, without captions and posts. */
const wordsIn = (body: unknown): number =>
  [
    ...textBlocks(body).map(blockText),
    ...records(body)
      .filter(({_type}) => _type === 'factBox')
      .flatMap((box) => [textOf(box['title']) ?? '', ...textBlocks(box['body']).map(blockText)]),
  ]
    .map(count)
    .reduce((sum, number) => sum + number, 0)

/** Such as “523 words, about 3 minutes to read”; nothing for an empty story. */
export const lengthOfStory = (body: unknown): string | undefined => {
  const number = wordsIn(body)
  if (number === 0) return undefined
  const minutes = Math.max(1, Math.round(number / PACE))
  return `${number.toLocaleString('en-GB')} ${number === 1 ? 'word' : 'words'}, about ${minutes} ${
    minutes === 1 ? 'minute' : 'minutes'
  } to read`
}
