/**
 * A time in the form of `Date.toISOString`. Other spellings of the same time are refused: GROQ
 * compares times as text, where `…00.000Z` sorts before `…00Z`.
 */
import {z} from 'zod'

export const moment = z.iso.datetime({precision: 3})
