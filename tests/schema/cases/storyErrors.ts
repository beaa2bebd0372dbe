import type {Case} from '../case.ts'

const article = {document: 'article-one'}

const slug = (current: string) => ({_type: 'slug', current})

/** What stops an article in its first group. */
const NOBODY = 'Add at least one author, or fill in the custom byline text.'

export const storyErrors: readonly Case[] = [
  {...article, unset: ['headline'], at: 'headline', says: 'Write a headline.'},
  {
    ...article,
    set: {headline: 'A'.repeat(151)},
    at: 'headline',
    says: 'Cut the headline to 150 characters or fewer.',
  },
  {
    ...article,
    set: {headline: 'Two firms agree '},
    at: 'headline',
    says: 'Remove the spaces before or after the text.',
  },
  {
    ...article,
    unset: ['slug'],
    at: 'slug',
    says: 'Generate the web address from the headline, or write one.',
    platformSays: ['Required'],
  },
  {
    ...article,
    set: {slug: slug('Two_Firms')},
    at: 'slug',
    says: 'Use only a–z, 0–9 and single hyphens in the web address, as in “musk-invites-putin”.',
  },
  {
    ...article,
    set: {slug: slug('port-seeks-tenant')},
    at: 'slug',
    says: 'Choose another web address: “Port authority seeks a tenant” has this one.',
  },
  {
    ...article,
    set: {slug: slug('port-is-empty')},
    at: 'slug',
    says: 'Choose another web address: “Port authority seeks a tenant” once had this one.',
  },
  {
    ...article,
    set: {slug: slug('address-of-a-draft')},
    at: 'slug',
    says: 'Choose another web address: “A story not yet out” has this one.',
  },
  {
    ...article,
    set: {articleType: 'advertorial'},
    at: 'articleType',
    says: 'Choose the type of article from the list.',
  },
  {
    ...article,
    unset: ['sponsor'],
    at: 'sponsor',
    says: 'Choose the sponsor: a sponsored article must say who pays for it.',
  },
  {...article, unset: ['byline', 'bylineText'], at: 'byline', says: NOBODY},
  {...article, set: {byline: [], bylineText: ''}, at: 'byline', says: NOBODY},
  {
    ...article,
    set: {'byline[1].role': 'writer'},
    at: 'byline[_key=="b2"]',
    says: 'This author is in the byline twice in the same role: remove one.',
  },
  {
    ...article,
    unset: ['byline[0].author'],
    at: 'byline[_key=="b1"].author',
    says: 'Choose the author of this byline entry, or remove the entry.',
  },
  {
    ...article,
    set: {'byline[0].role': 'cook'},
    at: 'byline[_key=="b1"].role',
    says: 'Choose one of the listed roles for this byline entry.',
  },
  {
    ...article,
    unset: ['firstPublishedAt'],
    at: 'firstPublishedAt',
    says: 'Set the time of first publication.',
  },
  {
    ...article,
    set: {_id: 'drafts.article-one', firstPublishedAt: '2021-02-14T12:30:00.000Z'},
    at: 'firstPublishedAt',
    says: 'Readers have seen this story since 14 Feb 2021, 12:31: set this time back to it.',
  },
  {
    ...article,
    unset: ['section'],
    at: 'section',
    says: 'Choose the section in which the story appears.',
  },
  {
    ...article,
    set: {'section._ref': 'topic-person'},
    at: 'section',
    says: 'Choose a section: “The Chief” is a topic of another kind.',
  },
  {
    ...article,
    set: {'section._ref': 'topic-gone'},
    at: 'section',
    says: 'Referenced document must be published',
  },
  {...article, unset: ['body'], at: 'body', says: 'Write the story.'},
  {...article, set: {body: []}, at: 'body', says: 'Write the story.'},
  {
    ...article,
    set: {standfirst: 'A'.repeat(301)},
    at: 'standfirst',
    says: 'Cut the standfirst to 300 characters or fewer.',
  },
  {
    ...article,
    unset: ['leadMedia.alt'],
    at: 'leadMedia.alt',
    says: 'Describe the picture, or turn on Decorative.',
  },
  {
    ...article,
    set: {'body[_key=="f1"].alt': '  '},
    at: 'body[_key=="f1"].alt',
    says: 'Describe the picture, or turn on Decorative.',
  },
  {
    ...article,
    set: {'leadMedia.credits': []},
    at: 'leadMedia.credits',
    says: 'Credit the picture: add at least one line under Credits.',
  },
]
