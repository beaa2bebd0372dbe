/** What views say in English. */
import type {Words} from './words.ts'

export const en: Words = {
  by: 'By',
  updated: 'Updated',
  sources: 'Sources',
  transcript: 'Transcript',
  table: 'Table',
  video: 'Video',
  audio: 'Audio',
  postOn: (network) => `Post on ${network}`,
  translatedFrom: (language) => `translated from ${language}`,
  original: 'Original',
  sponsoredBy: (name) => `Sponsored by ${name}`,
  quotes: ['“', '”'],
  access: {registered: 'For registered readers', subscriber: 'For subscribers'},
  kinds: {
    analysis: 'Analysis',
    opinion: 'Opinion',
    interview: 'Interview',
    review: 'Review',
    explainer: 'Explainer',
    satire: 'Satire',
    sponsored: 'Sponsored',
  },
  corrections: {
    correction: 'Correction',
    clarification: 'Clarification',
    update: 'Update',
    editorsNote: 'Editor’s note',
    retraction: 'Retraction',
  },
  roles: {
    additionalReporting: 'Additional reporting',
    photographer: 'Photographs',
    videographer: 'Video',
    illustrator: 'Illustration',
    editor: 'Editing',
    translator: 'Translation',
  },
}
