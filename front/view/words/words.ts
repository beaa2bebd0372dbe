/** The words that views add to what editors wrote, by language. */

export interface Words {
  readonly by: string
  readonly updated: string
  readonly sources: string
  readonly transcript: string
  readonly table: string
  readonly video: string
  readonly audio: string
  readonly postOn: (network: string) => string
  readonly translatedFrom: (language: string) => string
  readonly original: string
  readonly sponsoredBy: (name: string) => string
  /** Around a pull quote. */
  readonly quotes: readonly [open: string, close: string]
  /** For whom a story is that is not free. */
  readonly access: Readonly<Record<'registered' | 'subscriber', string>>
  /** Kinds of story that carry a label. */
  readonly kinds: Readonly<Record<string, string>>
  readonly corrections: Readonly<Record<string, string>>
  /** What somebody in the byline did, if it was not writing. */
  readonly roles: Readonly<Record<string, string>>
}
