/** What the import left to editors: flags to look at, and proposals to accept or reject. */
import {HelpCircleIcon} from '@sanity/icons/HelpCircle'
import {WarningOutlineIcon} from '@sanity/icons/WarningOutline'
import {defineField, defineType} from 'sanity'

/** Where in the source it is: a line of a text, or a pointer into a record. */
const placeInSource = [
  defineField({name: 'line', type: 'number', readOnly: true, description: 'In the source file.'}),
  defineField({
    name: 'pointer',
    title: 'Place in the source',
    type: 'string',
    readOnly: true,
    hidden: ({value}) => value === undefined,
  }),
]

/** Something the import kept but could not decide: for an editor to check and mark settled. */
export const reviewFlag = defineType({
  name: 'reviewFlag',
  title: 'To review',
  type: 'object',
  icon: WarningOutlineIcon,
  fields: [
    defineField({
      name: 'message',
      title: 'What to look at',
      type: 'string',
      readOnly: true,
      validation: (rule) => rule.required().error('A review flag says what to look at.'),
    }),
    defineField({
      name: 'code',
      type: 'string',
      readOnly: true,
      hidden: true,
      validation: (rule) => rule.required().error('A review flag has a code.'),
    }),
    defineField({
      name: 'evidence',
      title: 'Words of the source',
      type: 'text',
      rows: 2,
      readOnly: true,
      hidden: ({value}) => value === undefined,
    }),
    ...placeInSource,
    defineField({name: 'settled', type: 'boolean', initialValue: false}),
  ],
  preview: {
    select: {message: 'message', line: 'line', settled: 'settled'},
    prepare: ({message, line, settled}) => ({
      title: message ?? 'Nothing to say',
      subtitle: [settled ? 'Settled' : 'Open', line && `line ${line}`].filter(Boolean).join(' · '),
    }),
  },
})

const rules = [
  {title: 'A name near the quotation', value: 'nameNearQuotation'},
  {title: 'The person who spoke before', value: 'speakerBefore'},
  {title: 'A name in the printed byline', value: 'nameInByline'},
  {title: 'A second byline', value: 'secondByline'},
  {title: 'A printed time of update', value: 'updateTime'},
  {title: 'Several names in one field', value: 'namesInOneField'},
  {title: 'A name in a caption', value: 'creditInCaption'},
  {title: 'A keyword that a machine may have chosen', value: 'machineKeyword'},
  {title: 'A time that may mean something else', value: 'doubtfulTime'},
]

/** What the source suggests but does not say. It becomes a fact only when an editor accepts it. */
export const proposal = defineType({
  name: 'proposal',
  title: 'Proposal',
  type: 'object',
  icon: HelpCircleIcon,
  fields: [
    defineField({
      name: 'value',
      title: 'Proposed',
      type: 'string',
      readOnly: true,
      validation: (rule) => rule.required().error('A proposal says what it proposes.'),
    }),
    defineField({
      name: 'evidence',
      title: 'Words of the source',
      type: 'text',
      rows: 3,
      readOnly: true,
      validation: (rule) => rule.required().error('A proposal quotes the words it rests on.'),
    }),
    defineField({
      name: 'field',
      title: 'For the field',
      type: 'string',
      readOnly: true,
      hidden: true,
      validation: (rule) => rule.required().error('A proposal names the field it is for.'),
    }),
    defineField({
      name: 'topic',
      type: 'reference',
      to: [{type: 'topic'}],
      readOnly: true,
      hidden: true,
    }),
    ...placeInSource,
    defineField({
      name: 'rule',
      title: 'Why it is proposed',
      type: 'string',
      readOnly: true,
      options: {list: rules},
      validation: (rule) => rule.required().error('A proposal says why it was made.'),
    }),
    defineField({
      name: 'decision',
      type: 'string',
      options: {
        list: [
          {title: 'Accepted', value: 'accepted'},
          {title: 'Rejected', value: 'rejected'},
        ],
        layout: 'radio',
      },
    }),
  ],
  preview: {
    select: {value: 'value', rule: 'rule', decision: 'decision', line: 'line'},
    prepare: ({value, rule, decision, line}) => ({
      title: value ?? 'Nothing proposed',
      subtitle: [
        decision === 'accepted' ? 'Accepted' : decision === 'rejected' ? 'Rejected' : 'Open',
        rules.find((one) => one.value === rule)?.title,
        line && `line ${line}`,
      ]
        .filter(Boolean)
        .join(' · '),
    }),
  },
})
