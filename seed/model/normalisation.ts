/** The changes of notation an import makes, none of which a reader sees. */
import {z} from 'zod'

export const normalisationKind = z.enum([
  'byteOrderMark',
  'lineEndings',
  'classicMacLineEnds',
  'entities',
  'invisibleCharacters',
  'unicodeForm',
  'noBreakSpace',
  'outerSpace',
  'innerSpace',
])

export type NormalisationKind = z.infer<typeof normalisationKind>
