/** What every page is made from: questions to the lake, the time, and the publication's settings. */
import type {html} from 'hono/html'

import type {SiteQueryResult} from '../../front/queries/sanity.types.generated.ts'
import type {Ask} from '../freshness/ask.ts'
import type {Words} from '../words/words.ts'
import {languageOfWords, wordsFor} from '../words/wordsFor.ts'

/** Escaped HTML; may be pending. */
export type Html = ReturnType<typeof html>

/** The publication's settings. */
export type Settings = NonNullable<SiteQueryResult>

/** What the site knows of itself. */
export interface Surroundings {
  /** Path of the style sheet; its name changes with its content. */
  readonly style: string
  /** Where pictures are, as `imageBaseOf` gives it. */
  readonly imageBase: string
}

/** A page for an editor, with what is not published yet. */
export interface Preview {
  /** A perspective, or the stack of a release. */
  readonly perspective: string | readonly string[]
  /** The local time that was asked for, such as `2026-03-02T09:00`; empty for the present. */
  readonly at: string
  /** The origin of the Studio that opened it. */
  readonly studio: string
}

export interface Visit extends Surroundings {
  /** Null for readers. */
  readonly preview: Preview | null
  readonly ask: Ask
  /** The time to ask with, in the form of `toISOString()`. */
  readonly now: string
  /** The address that was asked for. */
  readonly url: URL
  readonly settings: Settings
  readonly words: Words
  /** The language of `words`, as a BCP 47 tag. */
  readonly language: string
}

/** The publication's settings, or some for a site that nobody has set up yet. */
export const settingsOr = (found: SiteQueryResult, siteUrl: string): Settings =>
  found ?? {
    publicationName: 'Copydesk',
    baseUrl: siteUrl,
    language: 'en-GB',
    timeZone: 'Europe/London',
    publisher: {
      _id: 'none',
      kind: 'publisher',
      name: 'Copydesk',
      creditText: null,
      url: null,
      publishedOn: null,
      language: null,
      publisher: null,
      logo: null,
    },
    sections: [],
  }

/** A visit to a page of the site with these settings. */
export const visitOf = (
  parts: Pick<Visit, 'ask' | 'now' | 'url' | 'settings' | 'preview'> & Surroundings,
): Visit => ({
  ...parts,
  words: wordsFor(parts.settings.language),
  language: languageOfWords(parts.settings.language),
})
