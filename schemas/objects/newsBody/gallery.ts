/** Several pictures that readers leaf through. */
import {ImagesIcon} from '@sanity/icons/Images'
import {defineArrayMember, defineField, defineType} from 'sanity'

/** Pictures that belong together; each keeps its own caption and credit. */
export const gallery = defineType({
  name: 'gallery',
  title: 'Gallery',
  type: 'object',
  icon: ImagesIcon,
  fields: [
    defineField({
      name: 'pictures',
      type: 'array',
      of: [defineArrayMember({type: 'figure'})],
      validation: (rule) => rule.required().min(1).error('Add a picture, or remove the gallery.'),
    }),
    defineField({name: 'caption', title: 'Caption of the whole gallery', type: 'text', rows: 2}),
  ],
  preview: {
    select: {caption: 'caption', media: 'pictures.0.asset'},
    prepare: ({caption, media}) => ({
      title: caption ?? 'Gallery',
      subtitle: 'Gallery',
      media: media ?? ImagesIcon,
    }),
  },
})
