/**
 * What becomes of each key of ninjs, in lower case: version 1 writes `body_html`, version 2
 * `versioncreated`, version 3 `versionCreated`. A key that is not here is kept as residue.
 */
import type {KeyTable} from '../../story/remainder.ts'
import type {StoryTerm} from '../../story/story.ts'

export const ITEM: KeyTable = {
  uri: 'read',
  standard: 'technical',
  $schema: 'technical',
  type: 'read',
  representationtype: 'technical',
  profile: 'residue',
  version: 'read',
  versioncreated: 'read', // firstPublishedAt, with a flag
  firstcreated: 'residue', // not a time of publication
  contentcreated: 'residue',
  embargoed: 'read',
  embargoeduntil: 'read',
  expires: 'read',
  pubstatus: 'read',
  headline: 'read',
  headlines: 'read',
  byline: 'read', // bylineText
  by: 'read',
  body_html: 'read',
  body_xhtml: 'read',
  body_text: 'read',
  bodies: 'read',
  language: 'read',
  located: 'read', // dateline
  ednote: 'read', // notes for the desk
  person: 'read',
  people: 'read',
  organisation: 'read',
  organisations: 'read',
  place: 'read',
  places: 'read',
  subject: 'read',
  subjects: 'read',
  event: 'read',
  events: 'read',
  object: 'residue',
  objects: 'residue',
  infosource: 'read', // credits
  infosources: 'read',
  copyrightholder: 'read', // rights
  copyrightnotice: 'read',
  usageterms: 'read',
  rightsinfo: 'residue',
  associations: 'read', // pictures
  charcount: 'technical',
  wordcount: 'technical',
  readtime: 'technical',
  mimetype: 'technical',
  slugline: 'residue',
  urgency: 'residue',
}

/** Which lists name topics, by the names of version 1 and of later ones. */
export const TOPICS: readonly (readonly [readonly string[], StoryTerm['kind']])[] = [
  [['subject', 'subjects'], 'subject'],
  [['person', 'people'], 'person'],
  [['organisation', 'organisations'], 'organisation'],
  [['place', 'places'], 'place'],
  [['event', 'events'], 'event'],
]

/** Items that are no stories. */
export const OTHER_TYPES: ReadonlySet<string> = new Set([
  'audio',
  'graphic',
  'picture',
  'video',
  'planning',
  'event',
  'package',
  'component',
])
