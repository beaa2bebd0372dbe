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
  const words = wordsIn(context.language).corrections
  return (corrections ?? [])
    .filter(({show, text}) => (show ?? 'end') === place && text)
    .map(({_key: key, kind, text, madeAt}) =>
      h(
        'div',
        {class: 'correction', 'data-sanity': context.edit?.(`corrections[_key=="${key ?? ''}"]`)},
        h(
          'p',
          {class: 'kind'},
          joined(
            [h('strong', {}, words[kind ?? ''] ?? words['correction']), timeView(madeAt, context)],
            ' ',
          ),
        ),
        paragraphs(text),
      ),
    )
}
