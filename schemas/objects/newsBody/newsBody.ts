/** The story itself, its fact boxes, and the text block of both. */
import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {DoubleQuoteIcon} from '@sanity/icons/DoubleQuote'
import {InfoOutlineIcon} from '@sanity/icons/InfoOutline'
import {LinkIcon} from '@sanity/icons/Link'
import {defineArrayMember, defineField, defineType} from 'sanity'

/** A paragraph, heading, block quote or list item, shared by the story and its fact boxes. */
const storyBlock = defineArrayMember({
  type: 'block',
  styles: [
    {title: 'Paragraph', value: 'normal'},
    {title: 'Subheading', value: 'h2'},
    {title: 'Small subheading', value: 'h3'},
    {title: 'Block quote', value: 'blockquote'},
  ],
  lists: [
    {title: 'Bullets', value: 'bullet'},
    {title: 'Numbers', value: 'number'},
  ],
  marks: {
    decorators: [
      {title: 'Bold', value: 'strong'},
      {title: 'Italic', value: 'em'},
      {title: 'Underlined', value: 'underline'},
      {title: 'Struck through', value: 'strike-through'},
      {title: 'Code', value: 'code'},
      {title: 'Subscript', value: 'sub'},
      {title: 'Superscript', value: 'sup'},
    ],
    annotations: [
      {type: 'link', icon: LinkIcon},
      {type: 'internalLink', icon: DocumentTextIcon},
      {type: 'attribution', icon: BookmarkIcon},
      {type: 'quotation', icon: DoubleQuoteIcon},
    ],
  },
})

/**
 * The story itself. Few styles and no layout: what a paste from a word processor brings beyond
 * them falls away, and the same text serves a page, a feed and a screen reader.
 */
export const newsBody = defineType({
  name: 'newsBody',
  title: 'Story',
  type: 'array',
  icon: DocumentTextIcon,
  of: [
    storyBlock,
    defineArrayMember({type: 'figure'}),
    defineArrayMember({type: 'pullQuote'}),
    defineArrayMember({type: 'socialPost'}),
    defineArrayMember({type: 'video'}),
    defineArrayMember({type: 'audio'}),
    defineArrayMember({type: 'factBox'}),
    defineArrayMember({type: 'table'}),
    defineArrayMember({type: 'gallery'}),
    defineArrayMember({type: 'archivedBlock'}),
  ],
})

/** Background beside the story: who, what, when, at a glance. */
export const factBox = defineType({
  name: 'factBox',
  title: 'Fact box',
  type: 'object',
  icon: InfoOutlineIcon,
  fields: [
    defineField({
      name: 'title',
      type: 'string',
      validation: (rule) => rule.required().error('Give the fact box a title.'),
    }),
    defineField({
      name: 'body',
      title: 'Text',
      type: 'array',
      of: [storyBlock],
      validation: (rule) => rule.required().min(1).error('Write the facts, or remove the box.'),
    }),
  ],
  preview: {
    select: {title: 'title'},
    prepare: ({title}) => ({title: title ?? 'No title yet', subtitle: 'Fact box'}),
  },
})
