/** Where an imported story came from. */
import {ArchiveIcon} from '@sanity/icons/Archive'
import {CopyIcon} from '@sanity/icons/Copy'
import {defineArrayMember, defineField, defineType} from 'sanity'

import {newsroomDay, newsroomTime} from '../../newsroomTime.ts'

/** An earlier copy of the same page that the archive kept. */
export const capture = defineType({
  name: 'capture',
  title: 'Earlier capture',
  type: 'object',
  icon: CopyIcon,
  fields: [
    defineField({
      name: 'file',
      title: 'Source file',
      type: 'string',
      validation: (rule) => rule.required().error('A capture names its file.'),
    }),
    defineField({
      name: 'checksum',
      title: 'SHA-256 of the file',
      type: 'string',
      validation: (rule) => rule.required().error('A capture has the checksum of its file.'),
    }),
    defineField({
      name: 'capturedOn',
      title: 'Captured on',
      type: 'date',
      validation: (rule) => rule.required().error('A capture says on which day it was made.'),
    }),
    defineField({
      name: 'headline',
      type: 'string',
      validation: (rule) => rule.required().error('A capture keeps the headline of its day.'),
    }),
  ],
  preview: {
    select: {headline: 'headline', capturedOn: 'capturedOn'},
    prepare: ({headline, capturedOn}) => ({
      title: headline ?? 'No headline',
      subtitle: newsroomDay(capturedOn),
    }),
  },
})

/**
 * Where an imported story came from, line by line. Together with the story's own fields it holds
 * every line of the source, so an import can be audited and undone years later. Written by the
 * import; the one thing an editor does here is settle what it flagged for review.
 */
export const provenance = defineType({
  name: 'provenance',
  title: 'Provenance',
  type: 'object',
  icon: ArchiveIcon,
  fieldsets: [
    // Editors need the two lists above these; engineers audit imports with the rest.
    {
      name: 'source',
      title: 'Source file',
      options: {columns: 2, collapsible: true, collapsed: true},
    },
    {
      name: 'lines',
      title: 'Line by line',
      options: {collapsible: true, collapsed: true},
    },
  ],
  fields: [
    defineField({
      name: 'reviewFlags',
      title: 'Check after import',
      type: 'array',
      of: [defineArrayMember({type: 'reviewFlag'})],
      description: 'Check each point, fix the story, mark it settled.',
      hidden: ({value}) => !Array.isArray(value) || value.length === 0,
      options: {
        sortable: false,
        disableActions: ['add', 'addBefore', 'addAfter', 'duplicate', 'copy', 'remove'],
      },
    }),
    defineField({
      name: 'proposals',
      type: 'array',
      of: [defineArrayMember({type: 'proposal'})],
      description:
        'What the source suggests but does not say. Nothing changes until you accept it.',
      hidden: ({value}) => !Array.isArray(value) || value.length === 0,
      options: {
        sortable: false,
        disableActions: ['add', 'addBefore', 'addAfter', 'duplicate', 'copy', 'remove'],
      },
    }),
    defineField({
      name: 'file',
      fieldset: 'source',
      title: 'Source file',
      type: 'string',
      readOnly: true,
      validation: (rule) => rule.required().error('An imported document names its source file.'),
    }),
    defineField({
      name: 'checksum',
      fieldset: 'source',
      title: 'SHA-256 of the file',
      type: 'string',
      readOnly: true,
      validation: (rule) => [
        rule.required().error('An imported document has the checksum of its source file.'),
        rule
          .regex(/^[0-9a-f]{64}$/)
          .error('The checksum is the file’s SHA-256: 64 digits, 0–9 and a–f.'),
      ],
    }),
    defineField({
      name: 'format',
      fieldset: 'source',
      title: 'Format',
      type: 'string',
      readOnly: true,
    }),
    defineField({
      name: 'pointer',
      fieldset: 'source',
      title: 'Place in the file',
      type: 'string',
      readOnly: true,
    }),
    defineField({
      name: 'originalId',
      fieldset: 'source',
      title: 'ID in the former system',
      type: 'string',
      readOnly: true,
    }),
    defineField({
      name: 'sourceUrl',
      fieldset: 'source',
      title: 'Former address',
      type: 'url',
      readOnly: true,
    }),
    defineField({
      name: 'sourceModifiedAt',
      fieldset: 'source',
      title: 'Last saved in the former system',
      type: 'datetime',
      options: newsroomTime,
      readOnly: true,
      description: 'Every save counts there, so this is not a time of update for readers.',
    }),
    defineField({
      name: 'lineCount',
      fieldset: 'source',
      title: 'Lines in the file',
      type: 'number',
      readOnly: true,
      description: 'With the lines below, enough to rebuild the file byte for byte.',
    }),
    defineField({
      name: 'importedBy',
      fieldset: 'source',
      title: 'Imported by',
      type: 'string',
      readOnly: true,
    }),
    defineField({
      name: 'batch',
      fieldset: 'source',
      title: 'Batch',
      type: 'string',
      readOnly: true,
    }),
    defineField({
      name: 'capturedOn',
      fieldset: 'source',
      title: 'Captured on',
      type: 'date',
      readOnly: true,
      description: 'The day the archive saved the page; not the day of publication.',
    }),
    defineField({
      name: 'sourceSite',
      fieldset: 'source',
      title: 'Published by',
      type: 'reference',
      to: [{type: 'credit'}],
      readOnly: true,
    }),
    defineField({
      name: 'sourceTime',
      fieldset: 'source',
      title: 'Time as printed',
      type: 'string',
      readOnly: true,
    }),
    defineField({
      name: 'timeZone',
      fieldset: 'source',
      title: 'Time zone it was read in',
      type: 'string',
      readOnly: true,
      description: 'The source does not say which zone its times are in.',
    }),
    defineField({
      name: 'earlierCaptures',
      fieldset: 'source',
      title: 'Earlier captures of the page',
      type: 'array',
      of: [defineArrayMember({type: 'capture'})],
      readOnly: true,
      hidden: ({value}) => !Array.isArray(value) || value.length === 0,
    }),
    defineField({
      name: 'residue',
      title: 'Left over',
      type: 'array',
      of: [defineArrayMember({type: 'residue'})],
      readOnly: true,
      description: 'What the source says and no field of the story holds. Readers do not see it.',
      hidden: ({value}) => !Array.isArray(value) || value.length === 0,
    }),
    defineField({
      name: 'placed',
      fieldset: 'lines',
      title: 'Lines that became fields',
      type: 'array',
      of: [defineArrayMember({type: 'placedLine'})],
      readOnly: true,
    }),
    defineField({
      name: 'furniture',
      fieldset: 'lines',
      title: 'Lines that are no part of the story',
      type: 'array',
      of: [defineArrayMember({type: 'furnitureLine'})],
      readOnly: true,
    }),
    defineField({
      name: 'normalisations',
      fieldset: 'lines',
      title: 'Changes of notation',
      type: 'array',
      of: [defineArrayMember({type: 'normalisation'})],
      readOnly: true,
    }),
  ],
})
