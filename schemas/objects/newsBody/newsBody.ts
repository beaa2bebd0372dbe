import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {defineArrayMember, defineType} from 'sanity'

import {storyBlock} from './storyBlock.ts'

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
  ],
})
