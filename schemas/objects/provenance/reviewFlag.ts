import {WarningOutlineIcon} from '@sanity/icons/WarningOutline'
import {defineField, defineType} from 'sanity'

/** Something the import kept but could not decide: for an editor to look at and tick off. */
export const reviewFlag = defineType({
  name: 'reviewFlag',
  title: 'To review',
  type: 'object',
  icon: WarningOutlineIcon,
  fields: [
    defineField({
      name: 'message',
      title: 'What to look at',
      type: 'string',
      readOnly: true,
      validation: (rule) => rule.required().error('A review flag says what to look at.'),
    }),
    defineField({
      name: 'code',
      type: 'string',
      readOnly: true,
      hidden: true,
      validation: (rule) => rule.required().error('A review flag has a code.'),
    }),
    defineField({name: 'line', type: 'number', readOnly: true, description: 'In the source file.'}),
    defineField({name: 'settled', type: 'boolean', initialValue: false}),
  ],
  preview: {
    select: {message: 'message', line: 'line', settled: 'settled'},
    prepare: ({message, line, settled}) => ({
      title: message ?? 'Nothing to say',
      subtitle: [settled ? 'Settled' : 'Open', line && `line ${line}`].filter(Boolean).join(' · '),
    }),
  },
})
