/** The GROQ library: every query of the publication, ready for `client.fetch(query, params)`. */
export {
  articleBySlugQuery,
  articleRedirectQuery,
  formerAddressQuery,
  retractedArticleQuery,
  storyOpensAtQuery,
} from './article.ts'
export {authorPageAfterQuery, authorPageQuery} from './authors.ts'
export {clockEdgeQuery} from './clock.ts'
export {correctionsAfterQuery, correctionsQuery} from './corrections.ts'
export {articleCreditsQuery, creditUseQuery} from './credits.ts'
export {feedQuery, topicFeedQuery} from './feed.ts'
export {frontPageQuery, latestAfterQuery} from './fronts.ts'
export {mostReadQuery} from './mostRead.ts'
export {previewOf} from './preview.ts'
export {relatedQuery} from './related.ts'
export {searchQuery} from './search.ts'
export {searchPattern} from './searchPattern.ts'
export {siteQuery} from './site.ts'
export {newsSitemapQuery, sitemapAfterQuery, sitemapQuery} from './sitemaps.ts'
export {topicPageAfterQuery, topicPageQuery, topicsIndexQuery} from './topics.ts'
// With these, who imports the queries also gets the types that `client.fetch` infers.
export type {
  ArticleBySlugQueryResult,
  FrontPageQueryResult,
  SiteQueryResult,
} from './sanity.types.generated.ts'
