import {ArchiveIcon} from '@sanity/icons/Archive'
import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {CalendarIcon} from '@sanity/icons/Calendar'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {EarthGlobeIcon} from '@sanity/icons/EarthGlobe'
import {EditIcon} from '@sanity/icons/Edit'
import {TagsIcon} from '@sanity/icons/Tags'
import {defineType} from 'sanity'

import {newsroomDay} from '../newsroomTime.ts'
import {correctionFields} from './article/correctionFields.ts'
import {creditFields} from './article/creditFields.ts'
import {dateFields} from './article/dateFields.ts'
import {distributionFields} from './article/distributionFields.ts'
import {provenanceFields} from './article/provenanceFields.ts'
import {storyFields} from './article/storyFields.ts'
import {topicFields} from './article/topicFields.ts'

/**
 * A story. Every field that blocks publishing while empty stands in the first group, where an
 * editor sees it without opening another tab.
 */
export const article = defineType({
  name: 'article',
  title: 'Article',
  type: 'document',
  icon: DocumentTextIcon,
  groups: [
    {name: 'story', title: 'Story', icon: DocumentTextIcon, default: true},
    {name: 'dates', title: 'Dates', icon: CalendarIcon},
    {name: 'topics', title: 'Topics', icon: TagsIcon},
    {name: 'credits', title: 'Credits', icon: BookmarkIcon},
    {name: 'corrections', title: 'Corrections', icon: EditIcon},
    {name: 'distribution', title: 'Distribution', icon: EarthGlobeIcon},
    {name: 'provenance', title: 'Provenance', icon: ArchiveIcon},
  ],
  fields: [
    ...storyFields,
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
      headline: 'headline',
      author: 'byline.0.author.name',
      firstPublishedAt: 'firstPublishedAt',
      section: 'section.name',
      media: 'leadMedia.asset',
    },
    prepare: ({headline, author, firstPublishedAt, section, media}) => ({
      title: headline ?? 'No headline yet',
      subtitle: [author, newsroomDay(firstPublishedAt), section].filter(Boolean).join(' · '),
      media: media ?? DocumentTextIcon,
    }),
  },
})
