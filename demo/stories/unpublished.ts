/** What only editors see: a draft that has no address yet, and a story that waits in a release. */
import {
  byline,
  figure,
  keyed,
  paragraphs,
  ref,
  refs,
  type Setting,
  type Story,
  story,
} from '../parts.ts'

/** Half written. */
export const draft = () => ({
  _id: 'drafts.article-new-bench',
  _type: 'article',
  headline: 'A new bench on Rope Street, and who may sit on it',
  articleType: 'news',
  byline: byline('author-town-desk'),
  section: ref('topic-town'),
  body: keyed(paragraphs('The bench is green. Everything else about it is disputed.')),
})

/** The release goes out at this many hours after the import. */
export const RELEASE_AHEAD = 72

/** Complete, and published by its release. */
export const inRelease = (setting: Setting): Story =>
  story('summer-timetable', {
    headline: 'Summer timetable: boats until midnight',
    section: ref('topic-harbour'),
    topics: refs('topic-ferries'),
    firstPublishedAt: setting.ahead(RELEASE_AHEAD),
    leadMedia: figure(setting, 'panorama', {alt: 'The whole bay with two ferries'}),
    body: paragraphs('From the first of June the last boat leaves at five to midnight.'),
  })
