/** The words of the interface: one object for each language. Dates and lists are by `Intl`. */

/** What the site says beside the parts of a story (`front/view/words`); all else is the newsroom's. */
export interface Words {
  readonly skipToContent: string
  readonly sections: string
  readonly topics: string
  readonly search: string
  readonly searchFor: string
  readonly corrections: string
  readonly feeds: string
  readonly aboutThisSite: string
  readonly latest: string
  readonly mostRead: string
  readonly related: string
  readonly noCorrections: string
  readonly website: string
  readonly olderStories: string
  readonly olderCorrections: string
  readonly noStories: string
  readonly nothingFound: (typed: string) => string
  readonly found: (count: number, typed: string) => string
  readonly pageNotFound: string
  readonly pageNotFoundWhy: string
  readonly retracted: string
  readonly retractedWhy: string
  readonly unavailable: string
  readonly unavailableWhy: string
  readonly failed: string
  readonly failedWhy: string
  readonly homePage: string
  readonly stories: (count: number) => string
  readonly storiesBy: (name: string) => string
  readonly profiles: string
  readonly formerAuthor: string
  readonly partOf: string
  readonly narrowerTopics: string
  readonly allTopics: string
  readonly works: string
  readonly usedIn: string
  readonly paid: {readonly registered: string; readonly subscriber: string}
  /** For editors, in previews. */
  readonly outOfDate: string
  readonly preview: {
    readonly name: string
    readonly at: string
    readonly show: string
    readonly end: string
    readonly early: (time: string) => string
  }
}
