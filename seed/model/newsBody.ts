/** The text of a story as Portable Text, with the blocks and annotations a newsroom needs. */
import {z} from 'zod'

import {creditLine} from './creditLine.ts'
import {figure} from './figure.ts'
import {keyed} from './keyed.ts'
import {moment} from './moment.ts'
import {referenceTo} from './reference.ts'

const quoteFields = {
  speaker: referenceTo('topic').optional(),
  medium: z.string().min(1).optional(),
  originalLanguage: z.string().min(1).optional(),
  sourceUrl: z.url().optional(),
}

const link = z.strictObject({_type: z.literal('link'), href: z.string().min(1)})

const internalLink = z.strictObject({
  _type: z.literal('internalLink'),
  to: referenceTo('article', 'topic', 'author'),
})

const attribution = z.strictObject({
  _type: z.literal('attribution'),
  credit: referenceTo('credit'),
})

const quotation = z.strictObject({_type: z.literal('quotation'), ...quoteFields})

const annotation = z.discriminatedUnion('_type', [
  keyed(link),
  keyed(internalLink),
  keyed(attribution),
  keyed(quotation),
])

const span = z.strictObject({
  _type: z.literal('span'),
  text: z.string().optional(),
  marks: z.array(z.string()).optional(),
})

const block = z.strictObject({
  _type: z.literal('block'),
  style: z.enum(['normal', 'h2', 'h3', 'blockquote']).optional(),
  listItem: z.enum(['bullet', 'number']).optional(),
  level: z.int().positive().optional(),
  children: z.array(keyed(span)).optional(),
  markDefs: z.array(annotation).optional(),
})

const pullQuote = z.strictObject({
  _type: z.literal('pullQuote'),
  text: z.string().min(1),
  ...quoteFields,
})

const socialPost = z.strictObject({
  _type: z.literal('socialPost'),
  provider: z.enum([
    'x',
    'bluesky',
    'facebook',
    'instagram',
    'mastodon',
    'reddit',
    'threads',
    'tiktok',
  ]),
  url: z.url(),
  text: z.string().min(1).optional(),
  authorName: z.string().min(1).optional(),
  postedAt: moment.optional(),
})

const recordingFields = {
  url: z.url(),
  title: z.string().min(1),
  caption: z.string().min(1).optional(),
  credits: z.array(keyed(creditLine)).optional(),
  transcript: z.string().min(1).optional(),
}

const video = z.strictObject({
  _type: z.literal('video'),
  provider: z.enum(['youtube', 'vimeo', 'dailymotion', 'own']),
  ...recordingFields,
})

const audio = z.strictObject({
  _type: z.literal('audio'),
  provider: z.enum(['spotify', 'apple', 'soundcloud', 'own']),
  ...recordingFields,
})

const factBox = z.strictObject({
  _type: z.literal('factBox'),
  title: z.string().min(1),
  body: z.array(keyed(block)).min(1),
})

export const newsBody = z
  .array(
    z.discriminatedUnion('_type', [
      keyed(block),
      keyed(figure),
      keyed(pullQuote),
      keyed(socialPost),
      keyed(video),
      keyed(audio),
      keyed(factBox),
    ]),
  )
  .min(1)

export type NewsBody = z.infer<typeof newsBody>
export type Annotation = z.infer<typeof annotation>
export type Block = Extract<NewsBody[number], {_type: 'block'}>
