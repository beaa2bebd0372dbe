/**
 * What readers see of an article, and the words for it. Form, lists, badges and messages all ask
 * here, so that they never say different things. Always derived from the article, never stored.
 */
import {newsroomTimeAndDay} from '../../newsroomTime.ts'
import {textOf} from '../../untyped.ts'
import {firstPublicationOnPublish} from './firstPublication.ts'

type Fields = Readonly<Record<string, unknown>>

/** In order: the first that is true of an article is its state. */
export const readerStates = [
  'retracted',
  'onHold',
  'notPublished',
  'expired',
  'embargoed',
  'scheduled',
  'live',
] as const

export interface ReaderState {
  readonly name: (typeof readerStates)[number]
  /** For badges and lists, such as “Embargoed until 14 Jul 2021, 13:00”. */
  readonly word: string
  /** One sentence for editors. */
  readonly sentence: string
}

/** A time with its zone, as queries read it with `dateTime()`; in milliseconds. */
const instantOf = (value: unknown): number | undefined => {
  const text = textOf(value)
  if (text === undefined || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

const has = (value: unknown): boolean => value !== undefined && value !== null

const dayOf = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : newsroomTimeAndDay(new Date(time).toISOString())

const hasAddress = (slug: unknown): boolean =>
  slug instanceof Object && 'current' in slug && has(slug.current)

/**
 * The state of an article at a time, by the same rule as `LIVE` in the queries.
 * @param article what is published of it; the draft while nothing is
 * @param now in milliseconds
 */
export const readerState = (article: Fields, isPublished: boolean, now: number): ReaderState => {
  const status = article['pubStatus'] ?? 'usable'
  if (status === 'retracted') {
    return {
      name: 'retracted',
      word: 'Retracted',
      sentence: 'Retracted: readers see only the retraction.',
    }
  }
  if (status !== 'usable') {
    return {name: 'onHold', word: 'On hold', sentence: 'On hold: readers do not see this story.'}
  }

  const first = instantOf(article['firstPublishedAt'])
  if (!isPublished || first === undefined || !hasAddress(article['slug'])) {
    return {
      name: 'notPublished',
      word: 'Not published',
      sentence: 'Readers do not see this story: it is not published.',
    }
  }

  const expires = instantOf(article['expiresAt'])
  if (has(article['expiresAt']) && (expires === undefined || expires <= now)) {
    const day = dayOf(expires)
    return {
      name: 'expired',
      word: day ? `Expired ${day}` : 'Expired',
      sentence: day
        ? `Readers no longer see this story: it expired on ${day}.`
        : 'Readers do not see this story: set the time at which it expires again.',
    }
  }

  const embargo = instantOf(article['embargoUntil'])
  const until = expires === undefined ? '' : ` until ${dayOf(expires)}`
  if (has(article['embargoUntil']) && (embargo === undefined || embargo > now)) {
    if (embargo === undefined) {
      return {
        name: 'embargoed',
        word: 'Embargoed',
        sentence: 'Readers do not see this story: set the time of the embargo again.',
      }
    }
    return {
      name: 'embargoed',
      word: `Embargoed until ${dayOf(embargo)}`,
      sentence: `Embargoed: readers will see it from ${dayOf(Math.max(embargo, first))}${until}.`,
    }
  }
  if (first > now) {
    return {
      name: 'scheduled',
      word: `Scheduled for ${dayOf(first)}`,
      sentence: `Scheduled: readers will see it from ${dayOf(first)}${until}.`,
    }
  }
  return {name: 'live', word: 'Live', sentence: `Readers see this story${until}.`}
}

/**
 * The words for a row in a list, which shows one document: what readers see of a published one, with
 * the time of a live one. Of a draft, or a version in a release, only that it is one.
 * @param id of the document in the row
 */
export const listWords = (article: Fields, id: string, now: number): string => {
  if (id.startsWith('drafts.')) return 'Draft'
  if (id.startsWith('versions.')) return 'In a release'
  const {name, word} = readerState(article, true, now)
  const since = dayOf(instantOf(article['firstPublishedAt']))
  return name === 'live' && since ? `${word}, ${since}` : word
}

interface WaitingChanges {
  readonly published: Fields | null
  readonly draft: Fields | null
  /** The releases that hold a version of the story: their titles, and their times if they have one. */
  readonly releases: readonly {readonly title: string; readonly publishAt: string | undefined}[]
}

/** What a draft or a release would change for readers, a sentence for each. */
export const waitingSentences = (
  {published, draft, releases}: WaitingChanges,
  now: number,
): string[] => [
  ...draftSentence(published, draft, now),
  ...releases.map(releaseSentence(published)),
]

const draftSentence = (published: Fields | null, draft: Fields | null, now: number): string[] => {
  if (!draft) return []
  const next = readerState(asPublished(draft, published, now), true, now)
  if (!published) return next.name === 'live' ? [] : [`Once published: ${next.sentence}`]
  return next.sentence === readerState(published, true, now).sentence
    ? ['Your changes are not published yet.']
    : [`Your changes are not published yet. Once they are: ${next.sentence}`]
}

/** The draft with what publishing fills in. */
const asPublished = (draft: Fields, published: Fields | null, now: number): Fields => ({
  ...draft,
  firstPublishedAt: firstPublicationOnPublish(draft, published, new Date(now)),
  slug: hasAddress(draft['slug']) ? draft['slug'] : {current: 'the-headline'},
})

const releaseSentence =
  (published: Fields | null) =>
  ({title, publishAt}: WaitingChanges['releases'][number]): string => {
    const verb = published ? 'changes' : 'publishes'
    const time = dayOf(instantOf(publishAt))
    return time
      ? `The release “${title}” ${verb} it on ${time}.`
      : `The release “${title}” ${verb} it when the release is published.`
  }
