/**
 * What each list of the desk holds, as GROQ. The Studio evaluates a filter twice: in the perspective
 * it shows, where a draft goes by its published id, and on single documents as they change, where it
 * goes by its own.
 */
import {LIVE} from '../../queries/fragments.ts'

const article = '_type == "article"'

/** Figures of an article, wherever they stand. */
const figures = '([leadMedia] + coalesce(body, [])[_type == "figure"])[defined(@)]'

const figureWith = (fault: string): string => `${article} && count(${figures}[${fault}]) > 0`

/** Documents with changes that readers do not see. */
export const drafts = `_type in ["article", "author", "topic", "credit", "mostRead", "siteSettings"]
  && (_id in path("drafts.**") || _originalId in path("drafts.**"))`

/** Articles that readers do not see yet, whether published or not. `$now` is an ISO date. */
export const upcoming = `${article} && (firstPublishedAt > $now || dateTime(embargoUntil) > dateTime($now))`

/** Articles that readers see and first saw today. `$midnight` is when the newsroom's day began. */
export const liveToday = `${LIVE} && firstPublishedAt >= $midnight`

export const corrected = `${article} && count(corrections) > 0`

export const inSection = `${article} && section._ref == $section`

export const topicsOfKind = '_type == "topic" && kind == $kind'

export const creditsOfKind = '_type == "credit" && kind == $kind'

/** Why an article or a credit needs somebody’s attention, most urgent first. */
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
    title: 'Pictures that are missing',
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
    title: 'Flagged by the import',
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
