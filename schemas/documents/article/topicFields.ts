/** The fields in an article's group “Topics”: its topics, and its related articles. */
import {defineArrayMember, defineField, getPublishedId} from 'sanity'

import {notRelatedToItself, topicCount} from '../../validation/topics.ts'

/** What the story is about, and what to read next. */
export const topicFields = [
  defineField({
    name: 'topics',
    type: 'array',
    of: [defineArrayMember({type: 'reference', to: [{type: 'topic'}]})],
    group: 'topics',
    description: 'The most important first. The story appears on the page of each topic.',
    validation: (rule) => [
      rule.unique().error('This topic is in the list twice: remove one.'),
      rule.custom(topicCount).warning(),
    ],
  }),
  defineField({
    name: 'relatedArticles',
    title: 'Related articles',
    type: 'array',
    of: [
      defineArrayMember({
        type: 'reference',
        to: [{type: 'article'}],
        // Weak, so that a related story can be unpublished without editing this one first.
        weak: true,
        options: {
          filter: ({document}) => ({
            filter: '!sanity::versionOf($self)',
            params: {self: getPublishedId(document._id)},
          }),
        },
      }),
    ],
    group: 'topics',
    description: 'Readers see these first; stories that share topics fill the rest.',
    validation: (rule) => [
      rule.unique().error('This article is in the list twice: remove one.'),
      rule.max(6).error('Keep at most six: the most closely related articles.'),
      rule.custom(notRelatedToItself).error(),
    ],
  }),
]
