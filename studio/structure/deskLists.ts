/**
 * The lists of the desk: what each holds, as a GROQ filter, and how it looks. The Studio evaluates a
 * filter in two places: in the current perspective, where a draft has its published id, and on
 * single documents as they change, where it has its own id.
 */
import {CalendarIcon} from '@sanity/icons/Calendar'
import {ClockIcon} from '@sanity/icons/Clock'
import {ComposeIcon} from '@sanity/icons/Compose'
import {EarthGlobeIcon} from '@sanity/icons/EarthGlobe'
import {EditIcon} from '@sanity/icons/Edit'
import type {ComponentType} from 'react'

import {LIVE} from '../../front/queries/fragments.ts'
import {documentTypes} from '../documentTypes.ts'
import {newsroomMidnight} from '../newsroomMidnight.ts'

export interface DeskList {
  readonly id: string
  readonly title: string
  readonly icon: ComponentType
  readonly filter: string
  /** The parameters of the filter, when the list is opened. */
  readonly params?: (now: Date) => Record<string, string>
  /** `everything` holds documents of all types; the default is articles. */
  readonly holds?: 'articles' | 'everything'
  /** The field that orders articles, newest first; the default is first publication. */
  readonly orderedBy?: string
}

const article = '_type == "article"'

/** All figures of an article: the lead picture, those in the body, and those of its galleries. */
const figures = `([leadMedia] + coalesce(body, [])[_type == "figure"]
  + coalesce(body[_type == "gallery"].pictures[], []))[defined(@)]`

const figureWith = (fault: string): string => `${article} && count(${figures}[${fault}]) > 0`

/** At the top of the desk: current work. */
export const workLists: readonly DeskList[] = [
  {
    id: 'drafts',
    title: 'Drafts',
    icon: ComposeIcon,
    filter: `_type in ${JSON.stringify(documentTypes)}
      && (_id in path("drafts.**") || _originalId in path("drafts.**"))`,
    holds: 'everything',
  },
  {
    id: 'upcoming',
    title: 'Scheduled or embargoed',
    icon: CalendarIcon,
    filter: `${article} && (firstPublishedAt > $now || dateTime(embargoUntil) > dateTime($now))`,
    params: (now) => ({now: now.toISOString()}),
  },
  {
    id: 'live-today',
    title: 'Live today',
    icon: EarthGlobeIcon,
    filter: `${LIVE} && firstPublishedAt >= $midnight`,
    params: (now) => ({now: now.toISOString(), midnight: newsroomMidnight(now)}),
  },
]

/** Below all articles and their sections. */
export const articleLists: readonly DeskList[] = [
  {
    id: 'yesterday',
    title: 'Published yesterday',
    icon: ClockIcon,
    filter: `${LIVE} && firstPublishedAt >= $from && firstPublishedAt < $to`,
    params: (now) => ({
      now: now.toISOString(),
      from: newsroomMidnight(now, 1),
      to: newsroomMidnight(now),
    }),
  },
  {
    id: 'last-seven-days',
    title: 'Published in the last seven days',
    icon: ClockIcon,
    filter: `${LIVE} && firstPublishedAt >= $from`,
    params: (now) => ({now: now.toISOString(), from: newsroomMidnight(now, 7)}),
  },
  {
    id: 'corrections',
    title: 'Corrections',
    icon: EditIcon,
    filter: `${article} && count(corrections) > 0`,
    orderedBy: 'updatedAt',
  },
]

export const byAuthor = `${article} && $author in byline[].author._ref`

export const inSection = `${article} && section._ref == $section`

export const ofKind = (type: string): string => `_type == "${type}" && kind == $kind`

/** The reasons why an article or a credit needs attention, most urgent first. */
export const attentionReasons = [
  {
    id: 'without-alt',
    title: 'Pictures without alternative text',
    type: 'article',
    filter: figureWith('defined(asset) && decorative != true && !defined(alt)'),
  },
  {
    id: 'without-credit',
    title: 'Pictures without a credit',
    type: 'article',
    filter: figureWith('!(count(credits) > 0)'),
  },
  {
    id: 'without-picture',
    title: 'Missing pictures',
    type: 'article',
    filter: figureWith('!defined(asset)'),
  },
  {
    id: 'without-link',
    title: 'Sources without a link',
    type: 'credit',
    filter: '_type == "credit" && kind == "work" && !defined(url)',
  },
  {
    id: 'to-review',
    title: 'Check after import',
    type: 'article',
    filter: `${article} && (count(provenance.reviewFlags[settled != true]) > 0
      || count(provenance.proposals[!defined(decision)]) > 0)`,
  },
  {
    id: 'retracted',
    title: 'Retracted',
    type: 'article',
    filter: `${article} && pubStatus == "retracted"`,
  },
] as const

/** The documents that need attention for any of the reasons. */
export const anyReason = {
  id: 'any',
  title: 'For any reason',
  filter: `_type in ${JSON.stringify([...new Set(attentionReasons.map(({type}) => type))])}
    && (${attentionReasons.map(({filter}) => `(${filter})`).join(' || ')})`,
} as const
