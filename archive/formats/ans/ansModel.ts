/** ANS as far as the import reads it. Everything may be missing: exports differ between versions. */
import {z} from 'zod'

const words = z.string().nullish()

/** A text in several forms; `basic` is the one that every story has. */
const texts = z.record(z.string(), z.unknown()).nullish()

export const contributor = z.looseObject({
  _id: words,
  type: words,
  name: words,
  byline: words,
  bio: words,
  referent: z.looseObject({id: words}).nullish(),
})

const credits = z.record(z.string(), z.array(contributor).nullish()).nullish()

const term = z.looseObject({_id: words, name: words, text: words, slug: words})

export const image = z.looseObject({
  _id: words,
  type: z.literal('image'),
  url: words,
  caption: words,
  subtitle: words,
  alt_text: words,
  credits,
  vanity_credits: credits,
})

const note = z.looseObject({correction_type: words, text: words})

export const story = z.looseObject({
  _id: words,
  type: z.literal('story'),
  last_updated_date: words,
  publish_date: words,
  first_publish_date: words,
  status: words,
  revision: z.looseObject({published: z.boolean().nullish()}).nullish(),
  language: words,
  location: words,
  copyright: words,
  canonical_url: words,
  website_url: words,
  websites: z.record(z.string(), z.looseObject({website_url: words}).nullish()).nullish(),
  headlines: texts,
  subheadlines: texts,
  description: texts,
  credits,
  vanity_credits: credits,
  taxonomy: z
    .looseObject({
      primary_section: term.nullish(),
      primary_site: term.nullish(),
      sections: z.array(term).nullish(),
      sites: z.array(term).nullish(),
      tags: z.array(term).nullish(),
    })
    .nullish(),
  content_restrictions: z
    .looseObject({
      content_code: words,
      embargo: z.looseObject({active: z.boolean().nullish(), end_time: words}).nullish(),
    })
    .nullish(),
  corrections: z.array(note).nullish(),
  editor_note: words,
  label: z.record(z.string(), z.unknown()).nullish(),
  promo_items: z.record(z.string(), z.unknown()).nullish(),
  content_elements: z.array(z.unknown()).nullish(),
  distributor: z.looseObject({name: words, category: words}).nullish(),
})

export type AnsStory = z.infer<typeof story>
export type Contributor = z.infer<typeof contributor>
export type AnsImage = z.infer<typeof image>
export type AnsTerm = z.infer<typeof term>
