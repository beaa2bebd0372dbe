/** Badges of an article: what readers see of it, opinion and the like. They stand beside its title. */
import type {DocumentBadgeComponent, DocumentBadgeDescription, DocumentBadgesResolver} from 'sanity'

import {readerState} from '../../schemas/documents/article/readerState.ts'
import {badgeColours} from './badgeColours.ts'

type Fields = Record<string, unknown>

/** What readers see. `now` is in milliseconds. */
export const readerBadge = (
  published: Fields | null,
  draft: Fields | null,
  now: number,
): DocumentBadgeDescription => {
  const {name, word, sentence} = readerState(published ?? draft ?? {}, Boolean(published), now)
  return {label: word, title: sentence, ...(badgeColours[name] && {color: badgeColours[name]})}
}

/** Each gives one badge for an article, or none. */
const notices: ((article: Fields) => DocumentBadgeDescription | undefined)[] = [
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

/** What else an editor should know about an article before reading it. */
export const noticesOf = (article: Fields): DocumentBadgeDescription[] =>
  notices.flatMap((notice) => notice(article) ?? [])

const badges = notices.map((notice): DocumentBadgeComponent => ({version, draft, published}) => {
  const article = version ?? draft ?? published
  return (article && notice(article)) ?? null
})

const ReaderBadge: DocumentBadgeComponent = ({draft, published}) =>
  readerBadge(published, draft, Date.now())

/** The badges beside an article’s title, most important first. */
export const articleBadges: DocumentBadgesResolver = (others, {schemaType}) =>
  schemaType === 'article' ? [...others, ReaderBadge, ...badges] : others
