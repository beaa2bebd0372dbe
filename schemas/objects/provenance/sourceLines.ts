/** What became of each line of an imported file: a field, furniture of the page, or a change of notation. */
import {EnterIcon} from '@sanity/icons/Enter'
import {RemoveCircleIcon} from '@sanity/icons/RemoveCircle'
import {TransferIcon} from '@sanity/icons/Transfer'
import {defineField, defineType} from 'sanity'

/** The number of a line in the source file, counted from 1. */
const lineNumber = defineField({
  name: 'line',
  title: 'Line',
  type: 'number',
  validation: (rule) => rule.required().integer().min(1).error('A source line is numbered from 1.'),
})

/** A line of the source and the field that now holds what it says. */
export const placedLine = defineType({
  name: 'placedLine',
  title: 'Placed line',
  type: 'object',
  icon: EnterIcon,
  fields: [
    lineNumber,
    defineField({
      name: 'field',
      type: 'string',
      description: 'The path of the field, from this document.',
      validation: (rule) => rule.required().error('A placed line names the field that holds it.'),
    }),
    defineField({
      name: 'text',
      title: 'As printed',
      type: 'string',
      description: 'Only where the field differs from the line.',
    }),
  ],
  preview: {
    select: {line: 'line', field: 'field', text: 'text'},
    prepare: ({line, field, text}) => ({
      title: field ?? 'Nowhere',
      subtitle: [line && `Line ${line}`, text].filter(Boolean).join(' · '),
    }),
  },
})

const furnitureKinds = [
  {title: 'Archive header', value: 'archiveHeader'},
  {title: 'Advertisement', value: 'advert'},
  {title: 'Call to action', value: 'callToAction'},
  {title: 'See also', value: 'seeAlso'},
  {title: 'Heading of the most-read list', value: 'mostReadHeading'},
  {title: 'Repeated most-read headline', value: 'mostReadRepeat'},
  {title: 'Name on the author box', value: 'authorBoxName'},
  {title: 'Heading of the credits', value: 'creditsHeading'},
  {title: 'Summary of the credits', value: 'creditsSummary'},
  {title: 'Only spaces', value: 'whitespace'},
  {title: 'Could not be placed', value: 'unplaced'},
]

/** A line of the page around the story: kept exactly as it is, never shown to readers. */
export const furnitureLine = defineType({
  name: 'furnitureLine',
  title: 'Furniture',
  type: 'object',
  icon: RemoveCircleIcon,
  fields: [
    lineNumber,
    defineField({
      name: 'kind',
      type: 'string',
      options: {list: furnitureKinds},
      validation: (rule) => rule.required().error('Choose one of the listed kinds of furniture.'),
    }),
    defineField({
      name: 'text',
      title: 'As printed',
      type: 'string',
      validation: (rule) => rule.required().error('A line of furniture keeps its text.'),
    }),
  ],
  preview: {
    select: {line: 'line', kind: 'kind', text: 'text'},
    prepare: ({line, kind, text}) => ({
      title: text ?? 'Nothing',
      subtitle: [line && `Line ${line}`, furnitureKinds.find(({value}) => value === kind)?.title]
        .filter(Boolean)
        .join(' · '),
    }),
  },
})

const normalisationKinds = [
  {title: 'Byte order mark removed', value: 'byteOrderMark'},
  {title: 'Windows line ends read as line ends', value: 'lineEndings'},
  {title: 'Old Macintosh line ends read as line ends', value: 'classicMacLineEnds'},
  {title: 'HTML entities read as characters', value: 'entities'},
  {title: 'Invisible characters removed', value: 'invisibleCharacters'},
  {title: 'Letters and accents joined', value: 'unicodeForm'},
  {title: 'No-break spaces read as spaces', value: 'noBreakSpace'},
  {title: 'Spaces at the ends of the line removed', value: 'outerSpace'},
  {title: 'Runs of spaces read as one', value: 'innerSpace'},
]

/** A change of notation that no reader sees, made while reading a line or the whole file. */
export const normalisation = defineType({
  name: 'normalisation',
  title: 'Normalisation',
  type: 'object',
  icon: TransferIcon,
  fields: [
    defineField({
      name: 'kind',
      type: 'string',
      options: {list: normalisationKinds},
      validation: (rule) => rule.required().error('Choose one of the listed normalisations.'),
    }),
    defineField({
      name: 'line',
      type: 'number',
      description: 'Counted from 1. If empty, it concerns the whole file.',
      validation: (rule) => rule.integer().min(1).error('A source line is numbered from 1.'),
    }),
  ],
  preview: {
    select: {line: 'line', kind: 'kind'},
    prepare: ({line, kind}) => ({
      title: normalisationKinds.find(({value}) => value === kind)?.title ?? 'Unknown',
      subtitle: line ? `Line ${line}` : 'Whole file',
    }),
  },
})
