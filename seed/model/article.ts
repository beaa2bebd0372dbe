/** A story as a document. */
import {z} from 'zod'

import {creditLine} from './creditLine.ts'
import {documentId} from './documentId.ts'
import {figure} from './figure.ts'
import {keyed} from './keyed.ts'
import {HEADLINE_MAX} from './limits.ts'
import {moment} from './moment.ts'
import {newsBody} from './newsBody.ts'
import {provenance} from './provenance.ts'
import {referenceTo} from './reference.ts'
import {slug} from './slug.ts'

const bylineEntry = z.strictObject({
  _type: z.literal('bylineEntry'),
  author: referenceTo('author'),
  role: z.enum([
    'writer',
    'additionalReporting',
    'photographer',
    'videographer',
    'illustrator',
    'editor',
    'translator',
  ]),
})

const correction = z.strictObject({
  _type: z.literal('correction'),
  kind: z.enum(['correction', 'clarification', 'update', 'editorsNote', 'retraction']),
  text: z.string().min(1),
  madeAt: moment,
  show: z.enum(['top', 'end', 'listOnly']),
})

const dateline = z.strictObject({
  _type: z.literal('dateline'),
  text: z.string().min(1).optional(),
  place: referenceTo('topic').optional(),
})

const seo = z.strictObject({
  _type: z.literal('seo'),
  title: z.string().min(1).optional(),
  description: z.string().min(1).optional(),
  noIndex: z.boolean().optional(),
  canonicalUrl: z.url().optional(),
})

const social = z.strictObject({
  _type: z.literal('social'),
  title: z.string().min(1).optional(),
  description: z.string().min(1).optional(),
  image: figure.optional(),
})

const rights = z.strictObject({
  _type: z.literal('rights'),
  holder: referenceTo('credit').optional(),
  notice: z.string().min(1).optional(),
  terms: z.string().min(1).optional(),
  maySyndicate: z.boolean().optional(),
})

const previousSlug = z.strictObject({
  _type: z.literal('previousSlug'),
  slug: slug.shape.current,
  retiredAt: moment,
})

export const article = z.strictObject({
  _id: documentId,
  _type: z.literal('article'),
  headline: z.string().trim().min(1).max(HEADLINE_MAX),
  slug,
  articleType: z.enum([
    'news',
    'analysis',
    'opinion',
    'interview',
    'review',
    'explainer',
    'satire',
    'sponsored',
  ]),
  sponsor: referenceTo('credit').optional(),
  byline: z.array(keyed(bylineEntry)).min(1).optional(),
  firstPublishedAt: moment,
  section: referenceTo('topic'),
  body: newsBody,
  leadMedia: figure.optional(),
  standfirst: z.string().min(1).max(300).optional(),
  shortHeadline: z.string().min(1).optional(),
  kicker: z.string().min(1).optional(),
  bylinePrefix: z.string().min(1).optional(),
  bylineText: z.string().min(1).optional(),
  deskNotes: z.string().min(1).optional(),
  updatedAt: moment.optional(),
  embargoUntil: moment.optional(),
  expiresAt: moment.optional(),
  dateline: dateline.optional(),
  topics: z.array(keyed(referenceTo('topic'))).optional(),
  relatedArticles: z.array(keyed(referenceTo('article'))).optional(),
  credits: z.array(keyed(creditLine)).optional(),
  corrections: z.array(keyed(correction)).optional(),
  pubStatus: z.enum(['usable', 'withheld', 'retracted']).optional(),
  seo: seo.optional(),
  social: social.optional(),
  rights: rights.optional(),
  access: z.enum(['free', 'registered', 'subscriber']).optional(),
  language: z.string().min(2).optional(),
  previousSlugs: z.array(keyed(previousSlug)).optional(),
  provenance: provenance.optional(),
})

export type Article = z.infer<typeof article>
