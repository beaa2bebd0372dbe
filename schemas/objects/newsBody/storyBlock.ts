import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {DoubleQuoteIcon} from '@sanity/icons/DoubleQuote'
import {LinkIcon} from '@sanity/icons/Link'
import {defineArrayMember} from 'sanity'

/** A paragraph, heading, block quotation or list item, shared by the story and its fact boxes. */
export const storyBlock = defineArrayMember({
  type: 'block',
  styles: [
    {title: 'Paragraph', value: 'normal'},
    {title: 'Heading 2', value: 'h2'},
    {title: 'Heading 3', value: 'h3'},
    {title: 'Quotation', value: 'blockquote'},
  ],
  lists: [
    {title: 'Bullets', value: 'bullet'},
    {title: 'Numbers', value: 'number'},
  ],
  marks: {
    decorators: [
      {title: 'Bold', value: 'strong'},
      {title: 'Italic', value: 'em'},
    ],
    annotations: [
      {type: 'link', icon: LinkIcon},
      {type: 'internalLink', icon: DocumentTextIcon},
      {type: 'attribution', icon: BookmarkIcon},
      {type: 'quotation', icon: DoubleQuoteIcon},
    ],
  },
})
