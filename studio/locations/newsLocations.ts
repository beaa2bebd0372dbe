import {
  type DocumentLocation,
  type DocumentLocationsState,
  defineLocations,
} from 'sanity/presentation'

const home: DocumentLocation = {title: 'Home', href: '/'}

const page = (title: unknown, href: string | undefined): DocumentLocation[] =>
  href ? [{title: typeof title === 'string' ? title : 'Untitled', href}] : []

const path = (folder: string, slug: unknown): string | undefined =>
  typeof slug === 'string' && slug !== '' ? `/${folder}/${slug}` : undefined

const shown = (locations: DocumentLocation[]): DocumentLocationsState =>
  locations.length > 0
    ? {locations}
    : {message: 'Give the document a web address to see where it appears.', tone: 'caution'}

/** Where on the site each document appears, for the form’s “Used on” list and the preview’s tabs. */
export const newsLocations = {
  article: defineLocations({
    select: {
      headline: 'headline',
      slug: 'slug.current',
      section: 'section.name',
      sectionSlug: 'section.slug.current',
      author: 'byline.0.author.name',
      authorSlug: 'byline.0.author.slug.current',
      topic: 'topics.0.name',
      topicSlug: 'topics.0.slug.current',
    },
    resolve: (doc) =>
      shown([
        ...page(doc?.['headline'], path('news', doc?.['slug'])),
        ...(doc?.['slug']
          ? [
              ...page(doc['section'], path('topics', doc['sectionSlug'])),
              ...page(doc['topic'], path('topics', doc['topicSlug'])),
              ...page(doc['author'], path('authors', doc['authorSlug'])),
              home,
            ]
          : []),
      ]),
  }),
  author: defineLocations({
    select: {name: 'name', slug: 'slug.current'},
    resolve: (doc) => shown(page(doc?.['name'], path('authors', doc?.['slug']))),
  }),
  topic: defineLocations({
    select: {name: 'name', slug: 'slug.current'},
    resolve: (doc) => shown(page(doc?.['name'], path('topics', doc?.['slug']))),
  }),
  mostRead: defineLocations({
    message: 'The newest list appears on the home page.',
    tone: 'positive',
    locations: [home],
  }),
  siteSettings: defineLocations({
    message: 'The settings show on every page.',
    tone: 'positive',
    locations: [home],
  }),
}
