/** The first group of an article’s form: what a reader reads. */
import {defineArrayMember, defineField} from 'sanity'

import {textLimits} from '../../textLimits.ts'
import {articleSlugIsFree, releaseKeepsOldAddress, slugFormat} from '../../validation/addresses.ts'
import {
  bodyHasNoWorkingNotes,
  headingsInOrder,
  noEmptyBlocks,
  noRawUrls,
} from '../../validation/body.ts'
import {
  bylineNamesSomebody,
  noRepeatedByline,
  sponsoredNamesSponsor,
} from '../../validation/credits.ts'
import {isOfDraft} from '../../validation/dataset.ts'
import {figureHasPicture} from '../../validation/pictures.ts'
import {sectionIsSection} from '../../validation/topics.ts'
import {advised, noFullStop, noWorkingNotes, trimmed} from '../../validation/wording.ts'
import {webAddressOf} from '../../webAddress.ts'

/** What a story is, for labels, structured data and templates. News is what a new one is. */
export const articleTypes = [
  {title: 'News', value: 'news'},
  {title: 'Analysis', value: 'analysis'},
  {title: 'Opinion', value: 'opinion'},
  {title: 'Interview', value: 'interview'},
  {title: 'Review', value: 'review'},
  {title: 'Explainer', value: 'explainer'},
  {title: 'Satire', value: 'satire'},
  {title: 'Sponsored', value: 'sponsored'},
] as const

/** What a reader reads, and everything without which an article cannot be published. */
export const storyFields = [
  defineField({
    name: 'kicker',
    type: 'string',
    group: 'story',
    placeholder: 'A word or two above the headline',
    validation: (rule) =>
      rule
        .max(textLimits.kicker)
        .warning(`Keep the kicker within ${textLimits.kicker} characters.`),
  }),
  defineField({
    name: 'headline',
    type: 'string',
    group: 'story',
    validation: (rule) => [
      rule.required().error('Write a headline.'),
      rule.max(150).error('Cut the headline to 150 characters or fewer.'),
      rule.custom(trimmed).error(),
      rule
        .max(textLimits.headline)
        .warning(
          `Search engines and story lists cut headlines after ${textLimits.headline} characters.`,
        ),
      rule.custom(noFullStop).warning(),
      rule.custom(noWorkingNotes).warning(),
    ],
  }),
  defineField({
    name: 'standfirst',
    type: 'text',
    rows: 2,
    group: 'story',
    placeholder:
      'The sentence under the headline. If empty, lists and feeds use the first paragraph.',
    validation: (rule) => [
      rule
        .max(textLimits.standfirst)
        .error(`Cut the standfirst to ${textLimits.standfirst} characters or fewer.`),
      rule.custom(noWorkingNotes).warning(),
    ],
  }),
  defineField({
    name: 'byline',
    type: 'array',
    of: [defineArrayMember({type: 'bylineEntry'})],
    group: 'story',
    validation: (rule) => [
      rule.custom(bylineNamesSomebody).error(),
      rule.custom(noRepeatedByline).error(),
    ],
  }),
  defineField({
    name: 'sponsor',
    type: 'reference',
    to: [{type: 'credit'}],
    group: 'story',
    hidden: ({document}) => document?.['articleType'] !== 'sponsored',
    description: 'Who pays for the story. Readers see the name.',
    validation: (rule) => rule.custom(sponsoredNamesSponsor).error(),
  }),
  defineField({
    name: 'body',
    title: 'Story',
    type: 'newsBody',
    group: 'story',
    validation: (rule) => [
      rule.required().min(1).error('Write the story.'),
      rule.custom(noEmptyBlocks).warning(),
      rule.custom(headingsInOrder).warning(),
      rule.custom(noRawUrls).warning(),
      rule.custom(bodyHasNoWorkingNotes).warning(),
    ],
  }),
  defineField({
    name: 'leadMedia',
    title: 'Lead picture',
    type: 'figure',
    group: 'story',
    validation: (rule) => [
      rule
        .custom(advised('Add a lead picture: it shows wherever the story is promoted.'))
        .warning(),
      // A field's rules replace those of its type.
      rule.custom(figureHasPicture).warning(),
    ],
  }),
  defineField({
    name: 'section',
    type: 'reference',
    to: [{type: 'topic'}],
    group: ['story', 'topics'],
    options: {filter: 'kind == "section"'},
    validation: (rule) => [
      rule.required().error('Choose the section in which the story appears.'),
      rule.custom(sectionIsSection).error(),
    ],
  }),
  defineField({
    name: 'slug',
    title: 'Web address',
    type: 'slug',
    group: 'story',
    fieldset: 'more',
    description:
      'Leave empty to use the headline. You can change this after publishing: the old address will redirect here.',
    // Uniqueness is the rule articleSlugIsFree, which can say who holds the address.
    options: {source: 'headline', slugify: webAddressOf, isUnique: () => true},
    validation: (rule, context) => [
      // Publish makes one from the headline; a release does not.
      ...(isOfDraft(context)
        ? []
        : [rule.required().error('Generate the web address from the headline, or write one.')]),
      rule.custom(slugFormat).error(),
      rule.custom(articleSlugIsFree).error(),
      rule.custom(releaseKeepsOldAddress).warning(),
    ],
  }),
  defineField({
    name: 'articleType',
    title: 'Type',
    type: 'string',
    group: 'story',
    fieldset: 'more',
    initialValue: 'news',
    options: {list: [...articleTypes]},
    validation: (rule) => rule.required().error('Choose the type of article from the list.'),
  }),
  defineField({
    name: 'shortHeadline',
    title: 'Short headline',
    type: 'string',
    group: 'story',
    fieldset: 'more',
    description: 'For front pages and push messages. If empty, the headline is used.',
    validation: (rule) =>
      rule
        .max(textLimits.shortHeadline)
        .warning(`Front pages cut short headlines after ${textLimits.shortHeadline} characters.`),
  }),
  defineField({
    name: 'bylinePrefix',
    title: 'Byline prefix',
    type: 'string',
    group: 'story',
    fieldset: 'more',
    description: 'Shown instead of “By”, for example “As told to”.',
  }),
  defineField({
    name: 'bylineText',
    title: 'Custom byline text',
    type: 'string',
    group: 'story',
    fieldset: 'more',
    description:
      'Readers see this instead of the names in the byline. Use it alone when you do not know the authors’ names.',
  }),
]
