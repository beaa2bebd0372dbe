/** Times as readers write them, in the zone of the newsroom. */
import type {CardAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import {h, joined} from '../view/element.ts'
import type {Element} from '../view/element.ts'
import {knownLanguage} from '../view/language.ts'
import {wordsIn} from '../view/words/wordsIn.ts'

/**
 * A time as text; null for none.
 * @param time ISO 8601, in any zone.
 * @param month As a whole word, or cut short where there is little room.
 */
export const timeText = (
  time: string | null | undefined,
  {language, timeZone}: Pick<ViewContext, 'language' | 'timeZone'>,
  month: 'long' | 'short' = 'long',
): string | null => {
  const date = new Date(time ?? Number.NaN)
  if (Number.isNaN(date.getTime())) return null
  const parts = {day: 'numeric', month, year: 'numeric'} as const
  // Readers in other zones must not take it for their own.
  const clock = {hour: '2-digit', minute: '2-digit', timeZoneName: 'short'} as const
  const format = new Intl.DateTimeFormat(knownLanguage(language), {...parts, ...clock, timeZone})
  return format.format(date)
}

/**
 * A time, such as “14 February 2021 at 12:31 GMT”, or null for none.
 * @param time ISO 8601, in any zone.
 */
export const timeView = (
  time: string | null | undefined,
  {language, timeZone}: Pick<ViewContext, 'language' | 'timeZone'>,
): Element | null => {
  const text = timeText(time, {language, timeZone})
  return text === null || !time ? null : h('time', {datetime: new Date(time).toISOString()}, text)
}

/** When a story was published and, if an editor says so, updated; null before its publication. */
export const datesView = (
  {firstPublishedAt, dateModified}: Pick<CardAnswer, 'firstPublishedAt' | 'dateModified'>,
  context: Pick<ViewContext, 'language' | 'timeZone'>,
): Element | null => {
  const published = timeView(firstPublishedAt, context)
  const updated = dateModified === firstPublishedAt ? null : timeView(dateModified, context)
  if (published === null && updated === null) return null
  const {updated: word} = wordsIn(context.language)
  return h(
    'p',
    {class: 'dates'},
    joined([published, updated && h('span', {class: 'updated'}, `${word} `, updated)], ' · '),
  )
}
