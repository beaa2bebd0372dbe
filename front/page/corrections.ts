/** What was wrong with a story, at its top or at its end. */
import type {StoryAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import {h, joined, paragraphs} from '../view/element.ts'
import type {Element} from '../view/element.ts'
import {wordsIn} from '../view/words/wordsIn.ts'
import {timeView} from './dates.ts'

/** The corrections for one place of a story, in the order of the answer. */
export const correctionViews = (
  {corrections}: Pick<StoryAnswer, 'corrections'>,
  place: 'top' | 'end',
  context: ViewContext,
): Element[] => {
  return (corrections ?? [])
    .filter(({show, text}) => (show ?? 'end') === place && text)
    .map((correction) => correctionView(correction, context))
}

type Correction = NonNullable<NonNullable<StoryAnswer['corrections']>[number]>

/** One correction: what it is, when it was made, and its text. */
export const correctionView = (
  {_key: key, kind, text, madeAt}: Pick<Correction, '_key' | 'kind' | 'text' | 'madeAt'>,
  context: ViewContext,
): Element => {
  const words = wordsIn(context.language).corrections
  const said = h('strong', {}, words[kind ?? ''] ?? words['correction'])
  const edited = key ? context.edit?.(`corrections[_key=="${key}"]`) : undefined
  return h(
    'div',
    {class: 'correction', 'data-sanity': edited},
    h('p', {class: 'kind'}, joined([said, timeView(madeAt, context)], ' ')),
    paragraphs(text),
  )
}
