import {createSchema} from 'sanity'

import {schemaTypes} from '../../schemas/index.ts'

/** The schema as the Studio compiles it. */
export const compiledSchema = createSchema({name: 'default', types: schemaTypes})
