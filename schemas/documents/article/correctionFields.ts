/** The fields in an article's group “Corrections”: its corrections, and its status. */
import {defineArrayMember, defineField} from 'sanity'

import {correctionsOnlyGrow, retractionIsExplained} from '../../validation/corrections.ts'

/** What was wrong. Corrections are added and never taken away. */
export const correctionFields = [
  defineField({
    name: 'corrections',
    type: 'array',
    of: [defineArrayMember({type: 'correction'})],
    group: 'corrections',
    validation: (rule) => rule.custom(correctionsOnlyGrow).warning(),
  }),
  defineField({
    name: 'pubStatus',
    title: 'Status',
    type: 'string',
    group: 'corrections',
    initialValue: 'usable',
    options: {
      list: [
        {title: 'OK to publish', value: 'usable'},
        {title: 'On hold', value: 'withheld'},
        {title: 'Retracted', value: 'retracted'},
      ],
      layout: 'radio',
      direction: 'horizontal',
    },
    description: 'Stories on hold or retracted are hidden from readers.',
    validation: (rule) =>
      rule.custom(retractionIsExplained).error('Choose OK to publish, On hold or Retracted.'),
  }),
]
