import {defineArrayMember, defineField} from 'sanity'

import {newsroomTime} from '../../newsroomTime.ts'
import {advised} from '../../validation/advised.ts'
import {articleSlugIsFree} from '../../validation/articleSlugIsFree.ts'
import {bodyHasNoWorkingNotes} from '../../validation/bodyHasNoWorkingNotes.ts'
import {bylineNamesSomebody} from '../../validation/bylineNamesSomebody.ts'
import {figureHasPicture} from '../../validation/figureHasPicture.ts'
import {firstPublicationStays} from '../../validation/firstPublicationStays.ts'
import {headingsInOrder} from '../../validation/headingsInOrder.ts'
import {noEmptyBlocks} from '../../validation/noEmptyBlocks.ts'
import {noFullStop} from '../../validation/noFullStop.ts'
import {noRawUrls} from '../../validation/noRawUrls.ts'
import {noRepeatedByline} from '../../validation/noRepeatedByline.ts'
import {noWorkingNotes} from '../../validation/noWorkingNotes.ts'
import {releaseKeepsOldAddress} from '../../validation/releaseKeepsOldAddress.ts'
import {sectionIsSection} from '../../validation/sectionIsSection.ts'
import {slugFormat} from '../../validation/slugFormat.ts'
import {sponsoredNamesSponsor} from '../../validation/sponsoredNamesSponsor.ts'
import {trimmed} from '../../validation/trimmed.ts'
import {articleTypes} from './articleTypes.ts'

/** What a reader reads, and everything without which an article cannot be published. */
export const storyFields = [
  defineField({
    name: 'headline',
    type: 'string',
    group: 'story',
    validation: (rule) => [
      rule.required().error('Write a headline.'),
      rule.max(150).error('Cut the headline to 150 characters or fewer.'),
      rule.custom(trimmed).error(),
      rule.max(110).warning('Search engines and cards cut headlines after 110 characters.'),
      rule.custom(noFullStop).warning(),
      rule.custom(noWorkingNotes).warning(),
    ],
  }),
  defineField({
    name: 'slug',
    title: 'Web address',
    type: 'slug',
    group: 'story',
    description: 'Changing it after publication is safe: the old web address goes on leading here.',
    // Uniqueness is the rule articleSlugIsFree, which can say who holds the address.
    options: {source: 'headline', maxLength: 96, isUnique: () => true},
    validation: (rule) => [
      rule.required().error('Generate the web address from the headline, or write one.'),
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
    initialValue: 'news',
    options: {list: [...articleTypes]},
    validation: (rule) => rule.required().error('Choose the type of article from the list.'),
  }),
  defineField({
    name: 'sponsor',
    type: 'reference',
    to: [{type: 'credit'}],
    group: 'story',
    hidden: ({document}) => document?.['articleType'] !== 'sponsored',
    description: 'Who pays for the story. Readers are told.',
    validation: (rule) => rule.custom(sponsoredNamesSponsor).error(),
  }),
  defineField({
    name: 'byline',
    type: 'array',
    of: [defineArrayMember({type: 'bylineEntry'})],
    group: 'story',
    description: 'In the order readers see.',
    validation: (rule) => [
      rule.custom(bylineNamesSomebody).error(),
      rule.custom(noRepeatedByline).error(),
    ],
  }),
  defineField({
    name: 'firstPublishedAt',
    title: 'First published',
    type: 'datetime',
    group: ['story', 'dates'],
    options: newsroomTime,
    description: 'Never changes once readers have seen the story. Publish fills it if it is empty.',
    validation: (rule) => [
      rule.required().error('Set the time of first publication, or press Publish to stamp it.'),
      rule.custom(firstPublicationStays).error(),
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
      rule.custom(advised('Add a lead picture: cards look bare without.')).warning(),
      // A field's rules replace those of its type.
      rule.custom(figureHasPicture).warning(),
    ],
  }),
  defineField({
    name: 'standfirst',
    type: 'text',
    rows: 3,
    group: 'story',
    description: 'The sentence under the headline. Empty: cards and feeds use the first paragraph.',
    validation: (rule) => [
      rule.max(300).error('Cut the standfirst to 300 characters or fewer.'),
      rule.custom(advised('Without a standfirst, cards and feeds use the first paragraph.')).info(),
      rule.custom(noWorkingNotes).warning(),
    ],
  }),
  defineField({
    name: 'shortHeadline',
    title: 'Short headline',
    type: 'string',
    group: 'story',
    description: 'For fronts and push messages. Empty: the headline.',
    validation: (rule) => rule.max(60).warning('Fronts cut short headlines after 60 characters.'),
  }),
  defineField({
    name: 'kicker',
    type: 'string',
    group: 'story',
    description: 'The word or two above the headline.',
    validation: (rule) => rule.max(30).warning('Keep the kicker within 30 characters.'),
  }),
  defineField({
    name: 'bylinePrefix',
    title: 'Byline prefix',
    type: 'string',
    group: 'story',
    description: 'Instead of “By”, such as “As told to”.',
  }),
  defineField({
    name: 'bylineText',
    title: 'Byline in other words',
    type: 'string',
    group: 'story',
    description:
      'Readers see these words instead of the names above, which stay linked. Enough by itself where the authors are not known one by one.',
  }),
  defineField({
    name: 'deskNotes',
    title: 'Notes for the desk',
    type: 'text',
    rows: 3,
    group: 'story',
    description: 'Never printed. Working notes belong here, not in the story.',
  }),
]
