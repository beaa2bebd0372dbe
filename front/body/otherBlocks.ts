/** Recordings, tables, fact boxes, and what an import could only archive. */
import type {BlockOf} from '../view/answers.ts'
import {safeAddress} from '../view/context.ts'
import type {ViewContext} from '../view/context.ts'
import {h, joined, paragraphs} from '../view/element.ts'
import type {Element} from '../view/element.ts'
import {directionIn} from '../view/language.ts'
import {wordsIn} from '../view/words/wordsIn.ts'
import {captionAndCredit} from './credit.ts'

/** A video or sound recording as a link, with its transcript: no third-party player runs on the page. */
export const recordingView = (
  {_type, url, title, caption, credits, transcript}: BlockOf<'video' | 'audio'>,
  {language}: ViewContext,
  edited: string | undefined,
): Element | null => {
  const words = wordsIn(language)
  const href = safeAddress(url)
  const said = joined([words[_type], title], ': ')
  const about = captionAndCredit(caption, credits)
  const text = paragraphs(transcript)
  if (href === null && text.length === 0) return null
  return h(
    'figure',
    {class: `recording ${_type}`, 'data-sanity': edited},
    h('p', {}, href === null ? said : h('a', {href}, said)),
    text.length > 0 && h('details', {}, h('summary', {}, words.transcript), text),
    about.length > 0 && h('figcaption', {}, about),
  )
}

/** A table in a box that scrolls by itself, so that a wide one does not widen the page. */
export const tableView = (
  {caption, rows}: BlockOf<'table'>,
  {language}: ViewContext,
  edited: string | undefined,
): Element | null => {
  const all = (rows ?? []).filter(({cells}) => cells && cells.length > 0)
  if (all.length === 0) return null
  const body = all.findIndex(({heading}) => heading !== true)
  const headings = body < 0 ? all.length : body
  const rowsOf = (from: number, to: number): Element[] =>
    all.slice(from, to).map(({cells, heading}) =>
      h(
        'tr',
        {},
        (cells ?? []).map((cell) =>
          h(
            heading === true ? 'th' : 'td',
            {scope: heading === true ? 'col' : null, ...directionIn(language, cell)},
            cell,
          ),
        ),
      ),
    )
  return h(
    'section',
    {
      class: 'table',
      'aria-label': caption || wordsIn(language).table,
      tabindex: 0,
      'data-sanity': edited,
    },
    h(
      'table',
      {},
      caption && h('caption', {}, caption),
      headings > 0 && h('thead', {}, rowsOf(0, headings)),
      headings < all.length && h('tbody', {}, rowsOf(headings, all.length)),
    ),
  )
}

/** Background beside the story. */
export const factBoxView = (
  {_key: key, title, body}: BlockOf<'factBox'>,
  context: ViewContext,
  edited: string | undefined,
): Element | null => {
  const blocks = body ?? []
  if (!title && blocks.length === 0) return null
  return h(
    'section',
    {class: 'facts', 'aria-label': title, 'data-sanity': edited},
    title && h('h2', {}, title),
    {blocks, context: {...context, idPrefix: `${context.idPrefix ?? 'h-'}${key ?? 'facts'}-`}},
  )
}

/** A note for editors at the place of a block that readers never see. */
export const archivedView = (
  {kind, text}: BlockOf<'archivedBlock'>,
  {forEditors = false}: ViewContext,
): Element | null =>
  forEditors
    ? h('div', {class: 'missing'}, 'Archived, not shown to readers: ', joined([kind, text], '. '))
    : null
