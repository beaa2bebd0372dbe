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

/** In a preview, the place of an empty field: a click on it opens the field. */
const emptyView = (field: string, says: string, {edit}: ViewContext): Element | null =>
  edit === undefined ? null : h('p', {class: 'missing', 'data-sanity': edit(field)}, says)

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
        h(
          'p',
          {class: 'kicker', 'data-sanity': edit?.(story.kicker ? 'kicker' : 'section')},
          section === null ? kicker : h('a', {href: section}, kicker),
        ),
      h('h1', {'data-sanity': edit?.('headline')}, story.headline ?? 'No headline yet'),
      story.standfirst
        ? h(
            'p',
            {class: 'standfirst', 'data-sanity': edit?.('standfirst')},
            lines(story.standfirst),
          )
        : emptyView('standfirst', 'No standfirst yet', context),
      bylineView(story, own) ?? emptyView('byline', 'No byline yet', context),
      datesView(story, own),
      correctionViews(story, 'top', own),
    ),
    figureView(story.leadMedia, own, {isLead: true, edited: edit?.('leadMedia')}) ??
      emptyView('leadMedia', 'No lead picture yet', context),
    h(
      'div',
      {class: 'body'},
      story.dateline?.text && h('p', {class: 'dateline'}, story.dateline.text),
      bodyView(story.body ?? [], own),
      (story.body ?? []).length === 0 && emptyView('body', 'No text yet', context),
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
