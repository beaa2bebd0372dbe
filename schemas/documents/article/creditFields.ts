/** What an article says of where it came from: its sources, and the record of its import. */
import {defineArrayMember, defineField} from 'sanity'

import {creditNumbersRunFromOne, namedSourcesAreCredited} from '../../validation/credits.ts'

/** The sources that the story credits, as one list under it. Pictures have credits of their own. */
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

/** Where an imported story came from. */
export const provenanceFields = [
  defineField({
    name: 'provenance',
    type: 'provenance',
    group: 'provenance',
    hidden: ({value}) => value === undefined,
  }),
]
