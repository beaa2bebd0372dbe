import {CopyIcon} from '@sanity/icons/Copy'
import {defineField, defineType} from 'sanity'

/** An earlier copy of the same page that the archive kept. */
export const capture = defineType({
  name: 'capture',
  title: 'Earlier capture',
  type: 'object',
  icon: CopyIcon,
  fields: [
    defineField({
      name: 'file',
      title: 'Source file',
      type: 'string',
      validation: (rule) => rule.required().error('A capture names its file.'),
    }),
    defineField({
      name: 'checksum',
      title: 'SHA-256 of the file',
      type: 'string',
      validation: (rule) => rule.required().error('A capture carries the checksum of its file.'),
    }),
    defineField({
      name: 'capturedOn',
      title: 'Captured on',
      type: 'date',
      validation: (rule) => rule.required().error('A capture says on which day it was made.'),
    }),
    defineField({
      name: 'headline',
      type: 'string',
      validation: (rule) => rule.required().error('A capture keeps the headline of its day.'),
    }),
  ],
  preview: {select: {title: 'headline', subtitle: 'capturedOn'}},
})
