/**
 * Stories for partners' systems in the IPTC's ninjs 3.1. https://iptc.org/standards/ninjs/
 * Text leaves the site only if the story is free to read and its rights allow syndication.
 */
import type {
  ArticleBySlugQueryResult,
  FeedQueryResult,
  RetractedArticleQueryResult,
} from '../queries/sanity.types.generated.ts'
import {plain, unmarked} from '../stega.ts'
import {pageAddress} from './publication.ts'
import type {Publication} from './publication.ts'

type Story = NonNullable<ArticleBySlugQueryResult>
type FeedStory = FeedQueryResult[number]
type Retracted = NonNullable<RetractedArticleQueryResult>

const STANDARD = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#',
}

/** One story, with its text if it may be syndicated. */
export const ninjs = (story: Story, publication: Publication) => {
  const {corrections, rights, access} = story
  const mayLeave = access === 'free' && rights?.maySyndicate !== false
  const summary = story.standfirst ?? (mayLeave ? story.summary : '')
  return unmarked({
    ...commonOf({...story, summary}, publication),
    representationType: mayLeave ? 'full' : 'partial',
    // Each published correction makes a version; partners replace the one they have.
    version: String(1 + (corrections ?? []).length),
    ...(corrections !== null &&
      corrections.length > 0 && {edNote: corrections.map(({text}) => text).join('\n')}),
    headlines: [
      {role: 'main', value: story.headline},
      ...(story.shortHeadline === story.headline
        ? []
        : [{role: 'short', value: story.shortHeadline}]),
    ],
    ...(mayLeave && {bodies: [bodyOf(publication.htmlOf(story.body))]}),
    ...(story.dateline?.text && {located: story.dateline.text}),
    ...(rights?.holder && {copyrightHolder: rights.holder.name}),
    ...(rights?.notice && {copyrightNotice: rights.notice}),
    ...(rights?.terms && {usageTerms: rights.terms}),
    genres: [{name: story.articleType}],
  })
}

/** A retracted story: partners withdraw it. */
export const ninjsOfRetracted = (
  {_id, headline, firstPublishedAt, retractions}: Retracted,
  slug: string,
  {addressOf}: Publication,
) =>
  unmarked({
    uri: pageAddress(addressOf, {_type: 'article', slug}),
    standard: STANDARD,
    type: 'text',
    representationType: 'partial',
    pubStatus: 'canceled',
    firstCreated: firstPublishedAt,
    versionCreated: retractions?.[0]?.madeAt ?? firstPublishedAt,
    headlines: [{role: 'main', value: headline}],
    edNote: (retractions ?? []).map(({text}) => text).join('\n'),
    altIds: [{role: 'document', value: _id}],
  })

/** The newest stories, without their texts: each names the address at which it is whole. */
export const ninjsList = (stories: FeedQueryResult, publication: Publication) =>
  unmarked({
    uri: publication.addressOf('/ninjs.json'),
    standard: STANDARD,
    type: 'composite',
    language: publication.language,
    headlines: [{role: 'main', value: publication.name}],
    associations: stories.map((story) => ({
      name: story._id,
      rel: 'item',
      ...commonOf(story, publication),
      representationType: 'partial',
      headlines: [{role: 'main', value: story.headline}],
    })),
  })

const commonOf = (story: Story | FeedStory, publication: Publication) => {
  const {addressOf} = publication
  const picture = pictureOf(story, publication)
  return {
    uri: pageAddress(addressOf, {_type: 'article', slug: story.slug}),
    standard: STANDARD,
    type: 'text',
    pubStatus: 'usable',
    firstCreated: story.firstPublishedAt,
    versionCreated: story.dateModified,
    language: story.language ?? publication.language,
    title: story.headline,
    ...(story.bylineText !== null && {by: story.bylineText}),
    ...(story.summary && {descriptions: [{role: 'summary', value: story.summary}]}),
    people: (story.byline ?? []).map(({author: {name, slug}}) => ({
      name,
      rel: 'author',
      uri: pageAddress(addressOf, {_type: 'author', slug}),
    })),
    subjects: [story.section, ...(story.topics ?? [])].map(({name, slug}) => ({
      name,
      rel: 'about',
      uri: pageAddress(addressOf, {_type: 'topic', slug}),
    })),
    infoSources: (story.credits ?? []).map(({credit}) => ({name: credit.name, role: 'source'})),
    altIds: [{role: 'document', value: story._id}],
    ...(picture !== null && {associations: [picture]}),
  }
}

const pictureOf = ({leadMedia}: Story | FeedStory, publication: Publication) => {
  const picture = publication.pictureOf(leadMedia)
  if (picture === null) return null
  return {
    name: 'lead',
    rel: 'leadMedia',
    uri: picture.url,
    type: 'picture',
    ...(leadMedia?.caption && {headlines: [{role: 'caption', value: leadMedia.caption}]}),
    renditions: [{name: 'large', href: picture.url, width: picture.width, height: picture.height}],
  }
}

const bodyOf = (html: string) => {
  const text = plain(html)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return {
    role: 'main',
    contentType: 'text/html',
    charCount: text.length,
    wordCount: text === '' ? 0 : text.split(' ').length,
    value: html,
  }
}
