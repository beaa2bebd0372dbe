/** Schema type of an article: puts its groups of fields together, with its lists and preview. */
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {ALL_FIELDS_GROUP, defineType} from 'sanity'

import {isRecord, textOf} from '../untyped.ts'
import {correctionFields} from './article/correctionFields.ts'
import {creditFields, provenanceFields} from './article/creditFields.ts'
import {dateFields} from './article/dateFields.ts'
import {deskFields} from './article/deskFields.ts'
import {distributionFields} from './article/distributionFields.ts'
import {listWords} from './article/readerState.ts'
import {storyFields} from './article/storyFields.ts'
import {topicFields} from './article/topicFields.ts'

/**
 * A story. Every field that blocks publishing while empty is in the first group, where an
 * editor sees it without opening another tab.
 */
export const article = defineType({
  name: 'article',
  title: 'Article',
  type: 'document',
  icon: DocumentTextIcon,
  groups: [
    // A tab with all fields is too long to work in; search and the checks lead to single fields.
    {...ALL_FIELDS_GROUP, hidden: true},
    {name: 'story', title: 'Story', default: true},
    {name: 'dates', title: 'Dates'},
    {name: 'topics', title: 'Topics'},
    {name: 'credits', title: 'Sources'},
    {name: 'corrections', title: 'Corrections'},
    {name: 'distribution', title: 'Distribution'},
    {
      name: 'provenance',
      title: 'Provenance',
      hidden: ({value}) => !isRecord(value) || value['provenance'] === undefined,
    },
  ],
  fieldsets: [{name: 'more', title: 'More', options: {collapsible: true, collapsed: true}}],
  fields: [
    ...storyFields,
    ...deskFields,
    ...dateFields,
    ...topicFields,
    ...creditFields,
    ...correctionFields,
    ...distributionFields,
    ...provenanceFields,
  ],
  orderings: [
    {
      name: 'firstPublishedNewest',
      title: 'First published, newest first',
      by: [{field: 'firstPublishedAt', direction: 'desc'}],
    },
    {
      name: 'updatedNewest',
      title: 'Updated, newest first',
      by: [
        {field: 'updatedAt', direction: 'desc'},
        {field: 'firstPublishedAt', direction: 'desc'},
      ],
    },
    {name: 'headline', title: 'Headline, A–Z', by: [{field: 'headline', direction: 'asc'}]},
  ],
  preview: {
    select: {
      id: '_id',
      // In the drafts’ perspective, a draft has the published id.
      originalId: '_originalId',
      headline: 'headline',
      author: 'byline.0.author.name',
      section: 'section.name',
      media: 'leadMedia.asset',
      slug: 'slug',
      pubStatus: 'pubStatus',
      firstPublishedAt: 'firstPublishedAt',
      embargoUntil: 'embargoUntil',
      expiresAt: 'expiresAt',
    },
    prepare: ({id, originalId, headline, author, section, media, ...article}) => ({
      title: headline ?? 'No headline yet',
      subtitle: [
        listWords(article, textOf(originalId) ?? textOf(id) ?? '', Date.now()),
        author,
        section,
      ]
        .filter(Boolean)
        .join(' · '),
      media: media ?? DocumentTextIcon,
    }),
  },
})
