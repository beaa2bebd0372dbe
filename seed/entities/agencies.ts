/**
 * The photo agencies that the archive credits. The list is closed because an agency follows its
 * caption without a space, and only its name shows where the caption ends. Add names to
 * `agencies.json`.
 */
import {z} from 'zod'

import names from './agencies.json' with {type: 'json'}

export const agencies: readonly string[] = z.array(z.string().min(1)).parse(names)
