/** What a story's page says to search engines and to sites that show its link. */
import {html, raw} from 'hono/html'

import {jsonLd, newsArticle} from '../../front/formats/newsArticle.ts'
import type {ArticleBySlugQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {publicationOf} from './publication.ts'
import type {Html, Visit} from './visit.ts'

type Story = NonNullable<ArticleBySlugQueryResult>

/** Width by height of the picture on a card of another site. */
const CARD = 1200 / 630

/** For the page's `head`; nothing in previews, which no other site reads. */
export const headOf = (visit: Visit, story: Story): Html | '' => {
  if (visit.preview !== null) return ''
  const publication = publicationOf(visit)
  const picture = publication.pictureOf(story.social.image, CARD)
  return html`<meta property="og:type" content="article" />
    <meta property="og:site_name" content="${publication.name}" />
    <meta property="og:title" content="${story.social.title}" />
    <meta property="og:description" content="${story.social.description}" />
    <meta property="og:url" content="${publication.addressOf(visit.url.pathname)}" />
    <meta property="article:published_time" content="${story.firstPublishedAt}" />
    <meta property="article:modified_time" content="${story.dateModified}" />
    <meta name="twitter:card" content="${picture === null ? 'summary' : 'summary_large_image'}" />
    ${
      picture &&
      html`<meta property="og:image" content="${picture.url}" />
        <meta property="og:image:width" content="${String(picture.width)}" />
        <meta property="og:image:height" content="${String(picture.height)}" />
        <meta property="og:image:alt" content="${picture.alt}" />`
    }
    <script type="application/ld+json">
      ${raw(jsonLd(newsArticle(story, publication)))}
    </script>`
}
