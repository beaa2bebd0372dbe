/**
 * A story as JSON-LD for search engines.
 * https://developers.google.com/search/docs/appearance/structured-data/article
 */
import type {ArticleBySlugQueryResult} from '../queries/sanity.types.generated.ts'
import {unmarked} from '../stega.ts'
import {pageAddress} from './publication.ts'
import type {Publication} from './publication.ts'

type Story = NonNullable<ArticleBySlugQueryResult>

/** Width by height of the three crops that Google asks for. */
const ASPECTS = [16 / 9, 4 / 3, 1]

/** The class of the element with the part of a story that is not free. */
export const PAID_CLASS = 'paid'

/** The object of schema.org, to be written by {@link jsonLd}. */
export const newsArticle = (story: Story, publication: Publication) => {
  const {addressOf, pictureOf, publisher} = publication
  const url = pageAddress(addressOf, {_type: 'article', slug: story.slug})
  const logo = publisher.logo
  const images = ASPECTS.flatMap(
    (aspect) => pictureOf(story.social.image ?? story.leadMedia, aspect)?.url ?? [],
  )
  const corrections = (story.corrections ?? []).filter(({kind}) => kind === 'correction')
  return unmarked({
    '@context': 'https://schema.org',
    '@type': story.articleType === 'opinion' ? 'OpinionNewsArticle' : 'NewsArticle',
    '@id': `${url}#story`,
    mainEntityOfPage: story.seo.canonicalUrl ?? url,
    headline: story.headline,
    description: story.seo.description,
    datePublished: story.firstPublishedAt,
    dateModified: story.dateModified,
    inLanguage: story.language ?? publication.language,
    articleSection: story.section.name,
    ...(images.length > 0 && {image: images}),
    author: (story.byline ?? []).map(({author: {name, kind, slug}}) => ({
      '@type': kind === 'person' ? 'Person' : 'Organization',
      name,
      url: pageAddress(addressOf, {_type: 'author', slug}),
    })),
    publisher: {
      '@type': 'NewsMediaOrganization',
      name: publisher.name,
      url: publisher.url ?? addressOf('/'),
      ...(logo !== null && {logo: {'@type': 'ImageObject', url: publication.logoOf(logo)}}),
    },
    ...(corrections.length > 0 && {
      correction: corrections.map(({text, madeAt}) => ({
        '@type': 'CorrectionComment',
        text,
        datePublished: madeAt,
      })),
    }),
    isAccessibleForFree: story.access === 'free',
    ...(story.access !== 'free' && {
      hasPart: {
        '@type': 'WebPageElement',
        isAccessibleForFree: false,
        cssSelector: `.${PAID_CLASS}`,
      },
    }),
    ...(story.sponsor !== null && {
      sponsor: {'@type': 'Organization', name: story.sponsor.name},
    }),
  })
}

/** JSON for a `script` element: nothing in it can end the element. */
export const jsonLd = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', String.raw`\u003C`)
