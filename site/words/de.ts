/** The interface in German. */
import type {Words} from './words.ts'

export const de: Words = {
  skipToContent: 'Zum Inhalt',
  sections: 'Ressorts',
  topics: 'Themen',
  search: 'Suche',
  searchFor: 'Artikel suchen',
  corrections: 'Korrekturen',
  feeds: 'RSS-Feed',
  aboutThisSite: 'Über diese Seite',
  latest: 'Neueste Artikel',
  mostRead: 'Meistgelesen',
  related: 'Mehr zum Thema',
  noCorrections: 'Es gibt keine Korrekturen.',
  website: 'Website',
  olderStories: 'Ältere Artikel',
  olderCorrections: 'Ältere Korrekturen',
  noStories: 'Hier gibt es noch keine Artikel.',
  nothingFound: (typed) =>
    `Kein Artikel enthält „${typed}“. Versuchen Sie es mit weniger oder anderen Wörtern.`,
  found: (count, typed) =>
    count === 1 ? `Ein Artikel zu „${typed}“` : `${count} Artikel zu „${typed}“`,
  pageNotFound: 'Seite nicht gefunden',
  pageNotFoundWhy:
    'Unter dieser Adresse gibt es nichts. Vielleicht ist der Link falsch, oder der Artikel wurde zurückgezogen. Suchen Sie danach.',
  retracted: 'Dieser Artikel wurde zurückgezogen',
  retractedWhy: 'Wir stehen nicht mehr zu diesem Artikel und zeigen seinen Text nicht mehr.',
  unavailable: 'Diese Seite ist gerade nicht erreichbar',
  unavailableWhy:
    'Die Artikel sind gerade nicht abrufbar. Bitte versuchen Sie es in einer Minute wieder.',
  failed: 'Etwas ist schiefgegangen',
  failedWhy: 'Diese Seite konnte nicht erstellt werden. Der Fehler steht im Protokoll.',
  homePage: 'Zur Startseite',
  stories: (count) => (count === 1 ? 'Ein Artikel' : `${count} Artikel`),
  storiesBy: (name) => `Artikel von ${name}`,
  profiles: 'Anderswo',
  formerAuthor: 'Schreibt nicht mehr für uns.',
  partOf: 'Gehört zu',
  narrowerTopics: 'Engere Themen',
  allTopics: 'Alle Themen',
  works: 'Werke',
  usedIn: 'Artikel, die es verwenden',
  paid: {
    registered: 'Melden Sie sich an, um weiterzulesen.',
    subscriber: 'Der Rest dieses Artikels ist für Abonnenten.',
  },
  outOfDate:
    'Die Vorschau ist nicht auf dem neuesten Stand. Bei der nächsten Änderung versucht sie es wieder.',
  preview: {
    name: 'Vorschau',
    at: 'Stand',
    show: 'Zeigen',
    end: 'Vorschau beenden',
    early: (time) => `Leser sehen diesen Artikel ab ${time}.`,
  },
}
