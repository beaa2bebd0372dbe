/**
 * The photo agencies the archive credits: a closed list, because an agency is glued to the caption
 * before it and only its name tells where the caption ends. Add a name to `agencies.json`.
 */
import {z} from 'zod'

import names from './agencies.json' with {type: 'json'}

export const agencies: readonly string[] = z.array(z.string().min(1)).parse(names)
