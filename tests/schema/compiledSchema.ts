import {createSchema} from 'sanity'

import {schemaTypes} from '../../schemas/index.ts'

/** The schema compiled as in the Studio. */
export const compiledSchema = createSchema({name: 'default', types: schemaTypes})
