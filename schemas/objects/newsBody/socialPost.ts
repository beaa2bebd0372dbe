/** Schema type of a social media post: a block in the body of an article. */
import {CommentIcon} from '@sanity/icons/Comment'
import {defineField, defineType} from 'sanity'

import {newsroomTime} from '../../newsroomTime.ts'
import {webAddress} from '../../validation/addresses.ts'
import {advised} from '../../validation/wording.ts'

const networks = [
  {title: 'X (Twitter)', value: 'x'},
  {title: 'Bluesky', value: 'bluesky'},
  {title: 'Facebook', value: 'facebook'},
  {title: 'Instagram', value: 'instagram'},
  {title: 'Mastodon', value: 'mastodon'},
  {title: 'Reddit', value: 'reddit'},
  {title: 'Threads', value: 'threads'},
  {title: 'TikTok', value: 'tiktok'},
]

/** A post on a social network, with its words: posts are deleted, stories are not. */
export const socialPost = defineType({
  name: 'socialPost',
  title: 'Social media post',
  type: 'object',
  icon: CommentIcon,
  fields: [
    defineField({
      name: 'provider',
      title: 'Network',
      type: 'string',
      options: {list: networks},
      validation: (rule) => rule.required().error('Choose the network the post is on.'),
    }),
    defineField({
      name: 'url',
      title: 'Link',
      type: 'url',
      validation: (rule) =>
        rule
          .required()
          .uri(webAddress)
          .error('Paste the full address of the post, starting with https://'),
    }),
    defineField({
      name: 'text',
      title: 'Text of the post',
      type: 'text',
      rows: 3,
      description: 'Shown if the post is deleted.',
      validation: (rule) =>
        rule
          .custom(advised('Copy the text of the post: readers see it if the post is deleted.'))
          .warning(),
    }),
    defineField({name: 'authorName', title: 'Posted by', type: 'string'}),
    defineField({name: 'postedAt', title: 'Posted at', type: 'datetime', options: newsroomTime}),
  ],
  preview: {
    select: {text: 'text', url: 'url', author: 'authorName', provider: 'provider'},
    prepare: ({text, url, author, provider}) => ({
      title: text ?? url ?? 'No link yet',
      subtitle: [author, networks.find(({value}) => value === provider)?.title]
        .filter(Boolean)
        .join(' · '),
    }),
  },
})
