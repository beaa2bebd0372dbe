/** The list of topics, and the page of one; sections are topics too. */
import {html} from 'hono/html'

import {topicPageAfterQuery, topicPageQuery, topicsIndexQuery} from '../../front/queries/index.ts'
import {movedTo} from '../http/moved.ts'
import type {Page} from '../http/page.ts'
import {cardsOf} from './cards.ts'
import {documentOf} from './document.ts'
import {olderStories, positionIn} from './paging.ts'
import {linkTo, topicAddress} from './parts.ts'
import {missingPage} from './problem.ts'
import type {Html, Visit} from './visit.ts'

interface Topic {
  readonly name: string
  readonly slug: string
}

const linkToTopic = ({name, slug}: Topic) => linkTo({_type: 'topic', slug}, name)

export const topicsPage = async (visit: Visit): Promise<Page> => {
  const {ask, now, words} = visit
  const topics = await ask(topicsIndexQuery, {now})
  return documentOf(visit, {
    title: words.topics,
    canonical: '/topics',
    main: html`<h1>${words.topics}</h1>
      ${topics.length === 0 && html`<p>${words.noStories}</p>`}
      <ul>
        ${topics.map(
          (topic) =>
            html`<li>
              ${linkToTopic(topic)} <small>${words.stories(topic.articleCount)}</small>
            </li>`,
        )}
      </ul>`,
  })
}

export const topicPage = async (visit: Visit, slug: string): Promise<Page> => {
  const {ask, now, url, words} = visit
  const position = positionIn(url)
  const topic = position === null ? null : await ask(topicPageQuery, {slug, now})
  if (topic === null) return missingPage(visit)
  if (topic.mergedInto !== null) return movedTo(topicAddress(topic.mergedInto.slug))
  const cards = position
    ? ((await ask(topicPageAfterQuery, {slug, now, ...position})) ?? [])
    : topic.articles
  return documentOf(visit, {
    title: topic.name,
    ...(topic.description !== null && {description: topic.description}),
    ...(position ? {noIndex: true} : {canonical: topicAddress(topic.slug)}),
    main: html`${topic.parent && html`<p class="kicker">${words.partOf} ${linkToTopic(topic.parent)}</p>`}
      <h1>${topic.name}</h1>
      ${topic.description && html`<p class="standfirst">${topic.description}</p>`}
      ${narrower(visit, topic.children)} ${cardsOf(visit, cards, {hasLead: !position})}
      ${olderStories(visit, cards)}
      <p><a href="/topics">${words.allTopics}</a></p>`,
  })
}

const narrower = ({words}: Visit, topics: readonly Topic[]): Html | '' =>
  topics.length === 0
    ? ''
    : html`<nav aria-label="${words.narrowerTopics}">
        <ul>
          ${topics.map((topic) => html`<li>${linkToTopic(topic)}</li>`)}
        </ul>
      </nav>`
