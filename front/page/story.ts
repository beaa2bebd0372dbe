/** A whole story: everything between its label and its sources. */
import {figureView} from '../body/pictures.ts'
import {bodyView} from '../body/view.ts'
import type {StoryAnswer} from '../view/answers.ts'
import {addressOf} from '../view/context.ts'
import type {ViewContext} from '../view/context.ts'
import {h, lines} from '../view/element.ts'
import type {Element, Node} from '../view/element.ts'
import {languageIn} from '../view/language.ts'
import {bylineView} from './byline.ts'
import {correctionViews} from './corrections.ts'
import {creditsView} from './credits.ts'
import {datesView} from './dates.ts'
import {labelsView} from './labels.ts'

/**
 * A story as an `article`. To show only a part of one that is not free, pass the story with fewer
 * blocks in `body`, and what to say about the rest as `after`.
 */
export const storyView = (
  story: StoryAnswer,
  context: ViewContext,
  after: Node | null = null,
): Element => {
  const own = {...context, language: story.language ?? context.language}
  const {edit} = context
  const section = addressOf(context, {_type: 'topic', slug: story.section?.slug})
  const kicker = story.kicker ?? story.section?.name
  return h(
    'article',
    {class: 'story', ...languageIn(context.language, story.language)},
    h(
      'header',
      {},
      labelsView(story, own),
      kicker &&
        h('p', {class: 'kicker'}, section === null ? kicker : h('a', {href: section}, kicker)),
      h('h1', {'data-sanity': edit?.('headline')}, story.headline ?? 'No headline yet'),
      story.standfirst &&
        h('p', {class: 'standfirst', 'data-sanity': edit?.('standfirst')}, lines(story.standfirst)),
      bylineView(story, own),
      datesView(story, own),
      correctionViews(story, 'top', own),
    ),
    figureView(story.leadMedia, own, {isLead: true, edited: edit?.('leadMedia')}),
    h(
      'div',
      {class: 'body'},
      story.dateline?.text && h('p', {class: 'dateline'}, story.dateline.text),
      bodyView(story.body ?? [], own),
    ),
    after,
    h(
      'footer',
      {},
      correctionViews(story, 'end', own),
      creditsView(story, own),
      story.rights?.notice && h('p', {class: 'rights'}, story.rights.notice),
    ),
  )
}
