import {TransferIcon} from '@sanity/icons/Transfer'
import {defineField, defineType} from 'sanity'

const kinds = [
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
      options: {list: kinds},
      validation: (rule) => rule.required().error('Choose one of the listed normalisations.'),
    }),
    defineField({
      name: 'line',
      type: 'number',
      description: 'Counted from 1. Empty: the whole file.',
      validation: (rule) => rule.integer().min(1).error('A source line is numbered from 1.'),
    }),
  ],
  preview: {
    select: {line: 'line', kind: 'kind'},
    prepare: ({line, kind}) => ({
      title: kinds.find(({value}) => value === kind)?.title ?? 'Unknown',
      subtitle: line ? `Line ${line}` : 'Whole file',
    }),
  },
})
