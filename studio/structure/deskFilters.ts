/**
 * The GROQ filter of each desk list. The Studio evaluates a filter in two places: in the current
 * perspective, where a draft has its published id, and on single documents as they change, where it
 * has its own id.
 */
import {LIVE} from '../../queries/fragments.ts'

const article = '_type == "article"'

/** All figures of an article: the lead picture and those in the body. */
const figures = '([leadMedia] + coalesce(body, [])[_type == "figure"])[defined(@)]'

const figureWith = (fault: string): string => `${article} && count(${figures}[${fault}]) > 0`

/** Documents with unpublished changes. */
export const drafts = `_type in ["article", "author", "topic", "credit", "mostRead", "siteSettings"]
  && (_id in path("drafts.**") || _originalId in path("drafts.**"))`

/** Articles hidden from readers until a later time, published or not. `$now` is an ISO date. */
export const upcoming = `${article} && (firstPublishedAt > $now || dateTime(embargoUntil) > dateTime($now))`

/** Live articles first published today. `$midnight` is when the newsroom's day began. */
export const liveToday = `${LIVE} && firstPublishedAt >= $midnight`

export const corrected = `${article} && count(corrections) > 0`

export const inSection = `${article} && section._ref == $section`

export const topicsOfKind = '_type == "topic" && kind == $kind'

export const creditsOfKind = '_type == "credit" && kind == $kind'

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
