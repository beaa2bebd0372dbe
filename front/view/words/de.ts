/** What views say in German. */
import type {Words} from './words.ts'

export const de: Words = {
  by: 'Von',
  updated: 'Aktualisiert',
  sources: 'Quellen',
  transcript: 'Abschrift',
  table: 'Tabelle',
  video: 'Video',
  audio: 'Audio',
  postOn: (network) => `Beitrag auf ${network}`,
  translatedFrom: (language) => `aus dem Original übersetzt (${language})`,
  original: 'Original',
  sponsoredBy: (name) => `Bezahlt von ${name}`,
  quotes: ['„', '“'],
  access: {registered: 'Nach Anmeldung', subscriber: 'Für Abonnenten'},
  kinds: {
    analysis: 'Analyse',
    opinion: 'Meinung',
    interview: 'Interview',
    review: 'Rezension',
    explainer: 'Erklärt',
    satire: 'Satire',
    sponsored: 'Anzeige',
  },
  corrections: {
    correction: 'Korrektur',
    clarification: 'Klarstellung',
    update: 'Aktualisierung',
    editorsNote: 'Anmerkung der Redaktion',
    retraction: 'Rücknahme',
  },
  roles: {
    additionalReporting: 'Mitarbeit',
    photographer: 'Fotos',
    videographer: 'Video',
    illustrator: 'Illustration',
    editor: 'Redaktion',
    translator: 'Übersetzung',
  },
}
