/** Schema type of a credit line: an object in the credits of articles, pictures and recordings. */
import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {defineField, defineType} from 'sanity'

import {records} from '../untyped.ts'

const roles = [
  {title: 'Source', value: 'source'},
  {title: 'Agency', value: 'agency'},
  {title: 'Photographer', value: 'photographer'},
  {title: 'Videographer', value: 'videographer'},
  {title: 'Illustrator', value: 'illustrator'},
  {title: 'Data', value: 'data'},
  {title: 'Rights holder', value: 'rightsHolder'},
]

/** The role of a credit by its kind; the other kinds are sources. */
const ROLE_OF_KIND: Readonly<Record<string, string>> = {
  agency: 'agency',
  photographer: 'photographer',
  dataset: 'data',
}

/** The role of a credit of this kind, until an editor chooses another. */
export const roleOfKind = (kind: string): string => ROLE_OF_KIND[kind] ?? 'source'

/** Whether a list of credit lines has numbers. */
export const isNumbered = (lines: unknown): boolean =>
  records(lines).some(({number}) => number !== undefined)

/** Who is credited, for what, and in which words. */
export const creditLine = defineType({
  name: 'creditLine',
  title: 'Credit line',
  type: 'object',
  icon: BookmarkIcon,
  fields: [
    defineField({
      name: 'credit',
      type: 'reference',
      to: [{type: 'credit'}],
      validation: (rule) =>
        rule.required().error('Choose the publisher, agency, person or work to credit.'),
    }),
    defineField({
      name: 'role',
      type: 'string',
      options: {list: roles},
      validation: (rule) => rule.required().error('Choose what this credit is for.'),
    }),
    defineField({
      name: 'number',
      type: 'number',
      hidden: ({document, value, path}) =>
        value === undefined && (path[0] !== 'credits' || !isNumbered(document?.['credits'])),
      description: 'Leave empty if this line belongs to the line above.',
      validation: (rule) =>
        rule.integer().min(1).error('Number sources with whole numbers: 1, 2, 3 …'),
    }),
    defineField({
      name: 'text',
      title: 'Required wording',
      type: 'string',
      description: 'Only if this story must use different wording.',
    }),
  ],
  preview: {
    select: {
      name: 'credit.name',
      text: 'text',
      role: 'role',
      number: 'number',
      media: 'credit.logo',
    },
    prepare: ({name, text, role, number, media}) => ({
      title: [number === undefined ? '' : `${number}. `, text ?? name ?? 'No credit chosen'].join(
        '',
      ),
      subtitle: roles.find(({value}) => value === role)?.title,
      media: media ?? BookmarkIcon,
    }),
  },
})
