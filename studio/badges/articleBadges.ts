/** Badges of an article: on hold, embargoed, opinion and the like. They stand beside its title. */
import type {DocumentBadgeComponent, DocumentBadgeDescription, DocumentBadgesResolver} from 'sanity'

import {newsroomTimeAndDay} from '../../schemas/newsroomTime.ts'

type Fields = Record<string, unknown>

/** Each gives one badge for an article, or none. `now` is in milliseconds. */
const notices: ((article: Fields, now: number) => DocumentBadgeDescription | undefined)[] = [
  ({pubStatus}) =>
    pubStatus === 'retracted'
      ? {label: 'Retracted', color: 'danger', title: 'The reason for readers is under Corrections.'}
      : undefined,
  ({pubStatus}) =>
    pubStatus === 'withheld'
      ? {label: 'On hold', color: 'danger', title: 'Hidden from readers.'}
      : undefined,
  ({embargoUntil}, now) =>
    typeof embargoUntil === 'string' && Date.parse(embargoUntil) > now
      ? {
          label: `Embargoed until ${newsroomTimeAndDay(embargoUntil)}`,
          color: 'warning',
          title: 'Hidden from readers until then.',
        }
      : undefined,
  ({articleType}) =>
    articleType === 'sponsored' ? {label: 'Sponsored', color: 'warning'} : undefined,
  ({articleType}) => (articleType === 'opinion' ? {label: 'Opinion', color: 'primary'} : undefined),
  ({corrections}) =>
    Array.isArray(corrections) && corrections.length > 0
      ? {label: 'Corrected', color: 'primary', title: `${corrections.length} under Corrections`}
      : undefined,
  ({provenance}) =>
    provenance
      ? {label: 'Imported', title: 'Its source is under Provenance, line by line.'}
      : undefined,
]

/** What an editor should know about an article before reading it. `now` is in milliseconds. */
export const noticesOf = (article: Fields, now: number): DocumentBadgeDescription[] =>
  notices.flatMap((notice) => notice(article, now) ?? [])

const badges = notices.map((notice): DocumentBadgeComponent => ({version, draft, published}) => {
  const article = version ?? draft ?? published
  return (article && notice(article, Date.now())) ?? null
})

/** The badges beside an article’s title, most important first. */
export const articleBadges: DocumentBadgesResolver = (others, {schemaType}) =>
  schemaType === 'article' ? [...others, ...badges] : others
