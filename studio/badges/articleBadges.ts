import type {DocumentBadgeComponent, DocumentBadgeDescription, DocumentBadgesResolver} from 'sanity'

import {newsroomMoment} from '../../schemas/newsroomTime.ts'

type Fields = Record<string, unknown>

/** Each looks at an article and says one thing about it, or nothing. `now` in milliseconds. */
const notices: ((article: Fields, now: number) => DocumentBadgeDescription | undefined)[] = [
  ({pubStatus}) =>
    pubStatus === 'retracted'
      ? {label: 'Retracted', color: 'danger', title: 'Readers are told why under Corrections.'}
      : undefined,
  ({pubStatus}) =>
    pubStatus === 'withheld'
      ? {label: 'Withheld', color: 'danger', title: 'Published nowhere, whatever its dates.'}
      : undefined,
  ({embargoUntil}, now) =>
    typeof embargoUntil === 'string' && Date.parse(embargoUntil) > now
      ? {
          label: `Embargoed until ${newsroomMoment(embargoUntil)}`,
          color: 'warning',
          title: 'Published or not, readers do not see it before.',
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
    provenance ? {label: 'Imported', title: 'Line by line under Provenance.'} : undefined,
]

/** What an editor must know of an article before reading it. `now` in milliseconds. */
export const noticesOf = (article: Fields, now: number): DocumentBadgeDescription[] =>
  notices.flatMap((notice) => notice(article, now) ?? [])

const badges = notices.map((notice): DocumentBadgeComponent => ({version, draft, published}) => {
  const article = version ?? draft ?? published
  return (article && notice(article, Date.now())) ?? null
})

/** The badges beside an article’s title, in the order of their weight. */
export const articleBadges: DocumentBadgesResolver = (others, {schemaType}) =>
  schemaType === 'article' ? [...others, ...badges] : others
