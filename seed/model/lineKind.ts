/**
 * What a line of the archive can be. The first group is the story’s own text and facts; the second
 * is furniture: lines of the page around the story, kept letter for letter.
 */
import {z} from 'zod'

const placedKind = z.enum([
  'headline',
  'byline',
  'paragraph',
  'figure',
  'mostReadItem',
  'mostReadCategory',
  'biography',
  'topics',
  'creditNumber',
  'creditWork',
])

export const furnitureKind = z.enum([
  'archiveHeader',
  'advert',
  'callToAction',
  'seeAlso',
  'mostReadHeading',
  'mostReadRepeat',
  'authorBoxName',
  'creditsHeading',
  'creditsSummary',
  'whitespace',
  'unplaced',
])

export const lineKind = z.enum([...placedKind.options, ...furnitureKind.options])

export type LineKind = z.infer<typeof lineKind>
