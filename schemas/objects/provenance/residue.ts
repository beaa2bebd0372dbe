/** What an imported story's source says besides the story, and no field of ours holds. */
import {ArchiveIcon} from '@sanity/icons/Archive'
import {defineField, defineType} from 'sanity'

/** One piece of the source, letter for letter, with its place. Readers never see it. */
export const residue = defineType({
  name: 'residue',
  title: 'Left over',
  type: 'object',
  icon: ArchiveIcon,
  fields: [
    defineField({
      name: 'pointer',
      title: 'Place in the source',
      type: 'string',
      validation: (rule) => rule.required().error('What is left over has a place in the source.'),
    }),
    defineField({
      name: 'text',
      type: 'text',
      rows: 3,
      validation: (rule) => rule.required().error('What is left over is quoted.'),
    }),
  ],
  preview: {select: {title: 'text', subtitle: 'pointer'}},
})
