/** Sitemaps: https://www.sitemaps.org/protocol.html, and Google's for news. */
import type {NewsSitemapQueryResult, SitemapQueryResult} from '../queries/sanity.types.generated.ts'
import {pageAddress} from './publication.ts'
import type {Publication} from './publication.ts'
import {element, xmlDocument} from './xml.ts'

const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** A file of addresses. `lastmod` is the editor's date, not that of the last comma. */
export const sitemap = (stories: SitemapQueryResult, {addressOf}: Publication): string =>
  xmlDocument(
    element(
      'urlset',
      {xmlns: SITEMAP},
      stories.map(({slug, dateModified}) =>
        element(
          'url',
          {},
          element('loc', {}, pageAddress(addressOf, {_type: 'article', slug})),
          element('lastmod', {}, dateModified),
        ),
      ),
    ),
  )

/** The list of the files. @param paths of this site, such as `/sitemap/1.xml` */
export const sitemapIndex = (paths: readonly string[], {addressOf}: Publication): string =>
  xmlDocument(
    element(
      'sitemapindex',
      {xmlns: SITEMAP},
      paths.map((path) => element('sitemap', {}, element('loc', {}, addressOf(path)))),
    ),
  )

/**
 * Google's news sitemap. The name has to be that of Publisher Center, letter for letter.
 * https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
 */
export const newsSitemap = (stories: NewsSitemapQueryResult, publication: Publication): string =>
  xmlDocument(
    element(
      'urlset',
      {xmlns: SITEMAP, 'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9'},
      stories.map(({slug, headline, firstPublishedAt, language}) =>
        element(
          'url',
          {},
          element('loc', {}, pageAddress(publication.addressOf, {_type: 'article', slug})),
          element(
            'news:news',
            {},
            element(
              'news:publication',
              {},
              element('news:name', {}, publication.name),
              element('news:language', {}, newsLanguage(language ?? publication.language)),
            ),
            element('news:publication_date', {}, firstPublishedAt),
            element('news:title', {}, headline),
          ),
        ),
      ),
    ),
  )

/** Google takes a language of two or three letters, and of Chinese its two scripts. */
const newsLanguage = (tag: string): string => {
  const {language, region, script} = new Intl.Locale(tag)
  if (language !== 'zh') return language
  return script === 'Hant' || region === 'TW' || region === 'HK' ? 'zh-tw' : 'zh-cn'
}
