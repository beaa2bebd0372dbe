/** Tables in the story: rows of text, as readers' pages and feeds need them. */
import {ThListIcon} from '@sanity/icons/ThList'
import {defineArrayMember, defineField, defineType} from 'sanity'

/** One row. A row of headings is read out before the cells below it. */
export const tableRow = defineType({
  name: 'tableRow',
  title: 'Row',
  type: 'object',
  icon: ThListIcon,
  fields: [
    defineField({
      name: 'cells',
      type: 'array',
      of: [defineArrayMember({type: 'string'})],
      validation: (rule) => rule.required().min(1).error('Write the cells of the row.'),
    }),
    defineField({name: 'heading', title: 'A row of headings', type: 'boolean'}),
  ],
  preview: {
    select: {cells: 'cells', heading: 'heading'},
    prepare: ({cells, heading}) => ({
      title: Array.isArray(cells) ? cells.join(' · ') : 'Empty row',
      subtitle: heading === true ? 'Headings' : '',
    }),
  },
})

/** A table of words and numbers. For layout there is none. */
export const table = defineType({
  name: 'table',
  title: 'Table',
  type: 'object',
  icon: ThListIcon,
  fields: [
    defineField({name: 'caption', type: 'string'}),
    defineField({
      name: 'rows',
      type: 'array',
      of: [defineArrayMember({type: 'tableRow'})],
      validation: (rule) => rule.required().min(1).error('Add a row, or remove the table.'),
    }),
  ],
  preview: {
    select: {caption: 'caption', first: 'rows.0.cells'},
    prepare: ({caption, first}) => ({
      title: caption ?? (Array.isArray(first) ? first.join(' · ') : 'Empty table'),
      subtitle: 'Table',
    }),
  },
})
