import {defineField} from 'sanity'

/** Where an imported story came from. */
export const provenanceFields = [
  defineField({
    name: 'provenance',
    type: 'provenance',
    group: 'provenance',
    hidden: ({value}) => value === undefined,
  }),
]
