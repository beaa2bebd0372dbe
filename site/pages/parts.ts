/** Small parts of pages: links, the search form, and the views of `front/` as HTML. */
import {html, raw} from 'hono/html'

import {type Thing, urlOf} from '../../front/addresses.ts'
import {htmlOf} from '../../front/body/html.ts'
import type {ViewContext} from '../../front/view/context.ts'
import type {Node} from '../../front/view/element.ts'
import {editOf} from '../preview/edit.ts'
import type {Html, Visit} from './visit.ts'

/** The site's context for the views of `front/`. */
export const contextOf = ({language, settings, imageBase, preview}: Visit): ViewContext => ({
  language,
  timeZone: settings.timeZone,
  imageBase,
  forEditors: preview !== null,
})

/** The same for what shows a story: in a preview, a click on a part of it opens its field. */
export const storyContextOf = (visit: Visit, {_id}: {readonly _id: string}): ViewContext => {
  const {preview} = visit
  const edit = preview === null ? null : editOf(preview.studio, {_id, _type: 'article'})
  return {...contextOf(visit), ...(edit !== null && {edit})}
}

/** Views as HTML. */
export const show = (...views: readonly (Node | null)[]) =>
  raw(views.map((view) => htmlOf(view)).join(''))

/** The path of a topic, which may be a section. */
export const topicAddress = (slug: string): string => urlOf({_type: 'topic', slug}) ?? '/topics'

/** A link to a thing's page, or the words alone if it has none. */
export const linkTo = (thing: Thing, words: string): Html | string => {
  const path = urlOf(thing)
  return path === null ? words : html`<a href="${path}">${words}</a>`
}

/** A form to search for `typed`. @param id of its field, different from others on the page */
export const searchForm = ({words}: Visit, id: string, typed: string): Html =>
  html`<search>
    <form class="large" action="/search">
      <label for="${id}">${words.searchFor}</label>
      <input id="${id}" name="q" type="search" value="${typed}" />
      <button type="submit">${words.search}</button>
    </form>
  </search>`
