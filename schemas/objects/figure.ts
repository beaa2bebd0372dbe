import {ImageIcon} from '@sanity/icons/Image'
import {defineArrayMember, defineField, defineType} from 'sanity'

import {altDoesNotSayPicture} from '../validation/altDoesNotSayPicture.ts'
import {altIsNotCaption} from '../validation/altIsNotCaption.ts'
import {altIsNotFileName} from '../validation/altIsNotFileName.ts'
import {figureHasPicture} from '../validation/figureHasPicture.ts'
import {lostPictureHasCredit} from '../validation/lostPictureHasCredit.ts'
import {noWorkingNotes} from '../validation/noWorkingNotes.ts'
import {pictureHasAlt} from '../validation/pictureHasAlt.ts'
import {pictureHasCredit} from '../validation/pictureHasCredit.ts'

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
      description: 'What the picture shows, for readers who cannot see it.',
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
      description: 'The picture says nothing that the text does not: screen readers skip it.',
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
      of: [defineArrayMember({type: 'creditLine', initialValue: {role: 'photographer'}})],
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
      description: 'Caption and credit as the imported source ran them together.',
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
