/** What a story's page says to search engines and to sites that show its link. */
import {html, raw} from 'hono/html'

import {jsonLd, newsArticle} from '../../front/formats/newsArticle.ts'
import {headViews} from '../../front/page/head.ts'
import type {ArticleBySlugQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {show} from './parts.ts'
import {elsewhere, publicationOf} from './publication.ts'
import type {Html, Visit} from './visit.ts'

type Story = NonNullable<ArticleBySlugQueryResult>

/** The head of a story's page, from its title on. */
export const headOf = (visit: Visit, story: Story): Html => {
  const publication = visit.settings.publicationName
  return html`${show(...headViews(story, {...elsewhere(visit), publication}))}
    <script type="application/ld+json">
      ${raw(jsonLd(newsArticle(story, publicationOf(visit))))}
    </script>`
}
