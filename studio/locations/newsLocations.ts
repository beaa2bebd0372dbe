/** The site preview: which pages of the site belong to each document. */
import {getPublishedId} from 'sanity'
import {
  type DocumentLocation,
  type DocumentLocationsState,
  defineLocations,
} from 'sanity/presentation'

import {type Thing, urlOf} from '../../front/addresses.ts'
import {textOf} from '../../schemas/untyped.ts'
import {typesWithAddress} from '../documentTypes.ts'

const home: DocumentLocation = {title: 'Home', href: urlOf({_type: 'siteSettings'}) ?? '/'}

const locationsOf = (thing: Thing, title: unknown): DocumentLocation[] => {
  const href = urlOf(thing)
  return href === null ? [] : [{title: typeof title === 'string' ? title : 'Untitled', href}]
}

const page = (type: string, title: unknown, slug: unknown): DocumentLocation[] =>
  locationsOf({_type: type, slug: textOf(slug)}, title)

/** Where a story without a web address is previewed. @param id may be of a draft or a version */
const previewPage = (title: unknown, id: unknown): DocumentLocation[] =>
  locationsOf({_type: 'preview', _id: getPublishedId(textOf(id) ?? '')}, title)

const shown = (locations: DocumentLocation[]): DocumentLocationsState =>
  locations.length > 0
    ? {locations}
    : {message: 'Give the document a web address to see where it appears.', tone: 'caution'}

/** How many authors and topics of an article to include: a selection cannot loop over an array. */
const authors = [0, 1, 2]
const topics = [0, 1, 2, 3, 4, 5]

const nameAndSlug = (key: string, at: string): Record<string, string> => ({
  [key]: `${at}.name`,
  [`${key}Slug`]: `${at}.slug.current`,
})

/** Each address once, because a section is often one of the topics too. */
const once = (locations: readonly DocumentLocation[]): DocumentLocation[] =>
  [
    ...new Map(locations.toReversed().map((location) => [location.href, location])).values(),
  ].toReversed()

/** A page of its own for each document of a type with a web address: `/topics/…`, `/authors/…`. */
const ownPages = Object.fromEntries(
  typesWithAddress.map((type) => [
    type,
    defineLocations({
      select: {name: 'name', slug: 'slug.current'},
      resolve: (doc) => shown(page(type, doc?.['name'], doc?.['slug'])),
    }),
  ]),
)

/** The pages where each document appears, for the form’s “Used on” list and the preview’s tabs. */
export const newsLocations = {
  ...ownPages,
  article: defineLocations({
    select: {
      id: '_id',
      headline: 'headline',
      slug: 'slug.current',
      ...nameAndSlug('section', 'section'),
      ...Object.assign(
        {},
        ...authors.map((at) => nameAndSlug(`author${at}`, `byline.${at}.author`)),
      ),
      ...Object.assign({}, ...topics.map((at) => nameAndSlug(`topic${at}`, `topics.${at}`))),
    },
    resolve: (doc) => {
      const story = page('article', doc?.['headline'], doc?.['slug'])
      if (!doc) return shown([])
      if (story.length === 0) return shown(previewPage(doc['headline'], doc['id']))
      const of = (type: string, key: string) => page(type, doc[key], doc[`${key}Slug`])
      return shown(
        once([
          ...story,
          ...of('topic', 'section'),
          ...topics.flatMap((at) => of('topic', `topic${at}`)),
          ...authors.flatMap((at) => of('author', `author${at}`)),
          home,
        ]),
      )
    },
  }),
  mostRead: defineLocations({
    message: 'The newest list appears on the home page.',
    tone: 'positive',
    locations: [home],
  }),
  siteSettings: defineLocations({
    message: 'The settings appear on every page.',
    tone: 'positive',
    locations: [home],
  }),
}
