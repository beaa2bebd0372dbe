import {defineArrayMember, defineField} from 'sanity'

import {creditNumbersRunFromOne} from '../../validation/creditNumbersRunFromOne.ts'
import {namedSourcesAreCredited} from '../../validation/namedSourcesAreCredited.ts'

/** What the story owes to others, as one list under it. Pictures carry their own credits. */
export const creditFields = [
  defineField({
    name: 'credits',
    title: 'Sources',
    type: 'array',
    of: [defineArrayMember({type: 'creditLine'})],
    group: 'credits',
    validation: (rule) => [
      rule.custom(creditNumbersRunFromOne).error(),
      rule.custom(namedSourcesAreCredited).warning(),
    ],
  }),
]
