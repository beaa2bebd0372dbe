/**
 * A story between its source and our documents. Readers of formats make it and know nothing of
 * Sanity; what makes documents of it knows nothing of formats. It is checked here, strictly, so that
 * a fault of a reader shows at this border.
 *
 * A field holds only what an element, attribute or key of the source marks. What a reader infers is
 * a proposal; what it cannot place is residue; what an editor should look at is a flag.
 */
import {z} from 'zod'

import type {ReadParts} from '../html/part.ts'

const isFunction = (value: unknown): boolean => typeof value === 'function'
const words = z.string().trim().min(1)
/** A place in the source, for people: `db[0].data.posts[3].html`, `item 12`. */
const pointer = z.string().min(1)

/** The document that an editor chose for it in a mapping table; readers of formats do not set it. */
const documentId = words.optional()

const time = z.strictObject({
  /** In UTC, as `Date.toISOString` writes it. Undefined if the zone is not known. */
  instant: z.iso.datetime({precision: 3}).optional(),
  /** As the source writes it. */
  raw: words,
})

const credit = z.strictObject({
  text: words,
  kind: z.enum(['publisher', 'agency', 'photographer', 'organisation']),
  documentId,
})

const figure = z.strictObject({
  /** The address of the picture as in the source; it may be a path in the archive. */
  address: words,
  alt: z.string().optional(),
  caption: words.optional(),
  credits: z.array(credit).default([]),
})

const name = z.strictObject({
  text: words,
  /** What identifies the person, unique in the world: `ghost:user:5951f5…`. A name does not. */
  sourceId: words.optional(),
  documentId,
  role: z.enum([
    'writer',
    'additionalReporting',
    'photographer',
    'videographer',
    'illustrator',
    'editor',
    'translator',
  ]),
  kind: z.enum(['person', 'desk', 'agency']).default('person'),
  biography: words.optional(),
})

const term = z.strictObject({
  name: words,
  /** Unique in the world, such as `ghost:tag:59799b…`. */
  sourceId: words.optional(),
  kind: z.enum(['section', 'subject', 'person', 'organisation', 'place', 'event']).optional(),
  documentId,
})

const part = z.discriminatedUnion('kind', [
  /** Markup: any number of paragraphs, pictures, lists and so on. `html/` reads it. */
  z.strictObject({kind: z.literal('html'), html: z.string(), pointer}),
  z.strictObject({kind: z.literal('figure'), figure, pointer}),
  /** A body that the format's reader reads by itself, when it is needed. */
  z.strictObject({kind: z.literal('parts'), read: z.custom<() => ReadParts>(isFunction), pointer}),
  /** What the format's reader does not know: it becomes an archived block, letter for letter. */
  z.strictObject({
    kind: z.literal('opaque'),
    what: words,
    source: z.string().min(1),
    /** The words in it. */
    text: z.string(),
    pointer,
  }),
])

const flag = z.strictObject({
  code: z.string().regex(/^[a-z][A-Za-z]+$/),
  pointer,
  /** A sentence for an editor: what was found and what to do. */
  message: words,
  /** The words of the source, letter for letter. */
  evidence: z.string().optional(),
})

const proposal = z.strictObject({
  field: words,
  value: words,
  evidence: words,
  pointer,
  rule: z.enum(['namesInOneField', 'creditInCaption', 'machineKeyword', 'doubtfulTime']),
  message: words,
})

export const story = z.strictObject({
  source: z.strictObject({
    /** The name of the format: `ghost`. */
    format: words,
    /** The file in the archive. */
    entry: words,
    pointer,
    /**
     * What makes two records the same story, unique in the world: an id of the former system with
     * its site. Never a title. The article's id is made from it.
     */
    key: words,
    /**
     * For ids that are unique only in their site: the slug, headline and time of the record. Two
     * records of one story share one of them; otherwise they are two stories with one id.
     */
    signs: z.array(z.string()).optional(),
    /** Of several records with one key the one with the greatest version is imported. */
    version: z.string(),
    /** Of the record, as 64 hexadecimal digits. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    originalId: words.optional(),
    /** Where the story was: full addresses, the canonical one first. */
    urls: z.array(z.url()),
  }),
  /** `withheld`: not for readers. `draft`: not published in the former system. */
  status: z.enum(['usable', 'withheld', 'draft']),
  /** Empty if the source has none; the story then becomes a draft. */
  headline: z.string(),
  slug: words.optional(),
  shortHeadline: words.optional(),
  kicker: words.optional(),
  standfirst: words.optional(),
  names: z.array(name),
  /** A byline that is one string, as printed. */
  bylineText: words.optional(),
  times: z.strictObject({
    first: time.optional(),
    /** For readers. A time of saving is `modified`. */
    updated: time.optional(),
    modified: time.optional(),
    embargo: time.optional(),
    expires: time.optional(),
  }),
  /** Where it was reported from, as printed. */
  dateline: words.optional(),
  lead: figure.optional(),
  body: z.array(part),
  section: term.optional(),
  topics: z.array(term),
  /** Sources of the whole story. */
  credits: z.array(credit).default([]),
  rights: z
    .strictObject({notice: words.optional(), terms: words.optional(), holder: credit.optional()})
    .optional(),
  corrections: z.array(
    z.strictObject({
      kind: z.enum(['correction', 'clarification', 'update', 'editorsNote', 'retraction']),
      text: words,
      time,
      pointer,
    }),
  ),
  seo: z
    .strictObject({
      title: words.optional(),
      description: words.optional(),
      noIndex: z.boolean().optional(),
      canonicalUrl: z.url().optional(),
    })
    .optional(),
  social: z.strictObject({title: words.optional(), description: words.optional()}).optional(),
  access: z.enum(['free', 'registered', 'subscriber']),
  language: words.optional(),
  /** Path and query of each address that should lead to the story: `/2014/05/slug/`, `/?p=12`. */
  oldAddresses: z.array(z.string().startsWith('/')),
  deskNotes: words.optional(),
  residue: z.array(z.strictObject({pointer, text: z.string().min(1)})),
  flags: z.array(flag),
  proposals: z.array(proposal),
})

/** As readers write it: what has a default may be left out. */
export type StoryInput = z.input<typeof story>
export type Story = z.infer<typeof story>
export type StoryFigure = z.infer<typeof figure>
export type StoryName = z.infer<typeof name>
export type StoryTerm = z.infer<typeof term>
export type StoryFlag = z.infer<typeof flag>
export type Residue = Story['residue'][number]
