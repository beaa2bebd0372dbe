/** Schema type of a picture: an image with alternative text, caption and credits. */
import {ImageIcon} from '@sanity/icons/Image'
import {defineArrayMember, defineField, defineType} from 'sanity'

import {
  altDoesNotSayPicture,
  altIsNotCaption,
  altIsNotFileName,
  figureHasPicture,
  lostPictureHasCredit,
  pictureHasAlt,
  pictureHasCredit,
} from '../validation/pictures.ts'
import {noWorkingNotes} from '../validation/wording.ts'

/**
 * A picture with the words that go with it. The credit is a field of its own, required of every
 * picture, so that it shows with or without a caption. A figure may lack its picture: an imported
 * story keeps the caption and credit of a picture that was lost.
 */
export const figure = defineType({
  name: 'figure',
  title: 'Picture',
  type: 'image',
  icon: ImageIcon,
  options: {hotspot: true},
  fields: [
    defineField({
      name: 'alt',
      title: 'Alternative text',
      type: 'string',
      description:
        'Describe the picture for readers who cannot see it. Screen readers read this aloud.',
      validation: (rule) => [
        rule.custom(pictureHasAlt).error(),
        rule.custom(altIsNotCaption).warning(),
        rule.custom(altIsNotFileName).warning(),
        rule.custom(altDoesNotSayPicture).warning(),
      ],
    }),
    defineField({
      name: 'decorative',
      type: 'boolean',
      description: 'Only decoration: screen readers will skip it.',
    }),
    defineField({
      name: 'caption',
      type: 'text',
      rows: 2,
      validation: (rule) => rule.custom(noWorkingNotes).warning(),
    }),
    defineField({
      name: 'credits',
      type: 'array',
      of: [defineArrayMember({type: 'creditLine'})],
      validation: (rule) => [
        rule.custom(pictureHasCredit).error(),
        rule.custom(lostPictureHasCredit).warning(),
      ],
    }),
    defineField({
      name: 'sourceText',
      title: 'As printed',
      type: 'string',
      readOnly: true,
      hidden: ({value}) => value === undefined,
      description: 'Caption and credit as one line, as they were in the imported file.',
    }),
    defineField({
      name: 'sourceAddress',
      title: 'Where the picture was',
      type: 'string',
      readOnly: true,
      hidden: ({value}) => value === undefined,
      description: 'The address of the picture in the imported story.',
    }),
  ],
  validation: (rule) => rule.custom(figureHasPicture).warning(),
  preview: {
    select: {
      caption: 'caption',
      alt: 'alt',
      credit: 'credits.0.credit.name',
      text: 'credits.0.text',
      media: 'asset',
    },
    prepare: ({caption, alt, credit, text, media}) => ({
      title: caption ?? alt ?? 'No caption',
      subtitle: text ?? credit ?? 'No credit',
      media: media ?? ImageIcon,
    }),
  },
})
