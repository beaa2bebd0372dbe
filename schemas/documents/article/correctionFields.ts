import {defineArrayMember, defineField} from 'sanity'

import {correctionsOnlyGrow} from '../../validation/correctionsOnlyGrow.ts'
import {retractionIsExplained} from '../../validation/retractionIsExplained.ts'

/** What was wrong, for good: corrections are added and never taken away. */
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
    title: 'Standing',
    type: 'string',
    group: 'corrections',
    initialValue: 'usable',
    options: {
      list: [
        {title: 'Usable', value: 'usable'},
        {title: 'Withheld', value: 'withheld'},
        {title: 'Retracted', value: 'retracted'},
      ],
      layout: 'radio',
      direction: 'horizontal',
    },
    description: 'Withheld and retracted stories are published nowhere, whatever their dates.',
    validation: (rule) =>
      rule.custom(retractionIsExplained).error('Choose usable, withheld or retracted.'),
  }),
]
