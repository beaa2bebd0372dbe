/** Schema type of an author: the document that bylines refer to. */
import {UserIcon} from '@sanity/icons/User'
import {UsersIcon} from '@sanity/icons/Users'
import {defineArrayMember, defineField, defineType} from 'sanity'

import {slugFromName} from './slugFromName.ts'

const kinds = [
  {title: 'Person', value: 'person'},
  {title: 'Desk', value: 'desk'},
  {title: 'Agency', value: 'agency'},
]

/** A name for bylines: staff, guests, a desk, an agency. Needs no account. */
export const author = defineType({
  name: 'author',
  title: 'Author',
  type: 'document',
  icon: UserIcon,
  fields: [
    defineField({
      name: 'name',
      type: 'string',
      description: 'As it should appear in the byline.',
      validation: (rule) =>
        rule.required().error('Write the name as it should appear in the byline.'),
    }),
    slugFromName(),
    defineField({
      name: 'kind',
      type: 'string',
      initialValue: 'person',
      options: {list: kinds, layout: 'radio', direction: 'horizontal'},
      validation: (rule) => rule.required().error('Choose person, desk or agency.'),
    }),
    defineField({name: 'jobTitle', title: 'Job title', type: 'string'}),
    defineField({
      name: 'affiliation',
      type: 'reference',
      to: [{type: 'credit'}],
      options: {filter: 'kind == "publisher"'},
      description: 'The publisher the author writes for. Leave empty if it is us.',
    }),
    defineField({
      name: 'shortBio',
      title: 'Short biography',
      type: 'text',
      rows: 2,
      description: 'Shown in one line under an article.',
      validation: (rule) =>
        rule.max(300).warning('Keep the short biography within 300 characters.'),
    }),
    defineField({
      name: 'bio',
      title: 'Biography',
      type: 'text',
      rows: 6,
      description: 'Shown on the author’s own page.',
      validation: (rule) => rule.max(600).warning('Keep the biography within 600 characters.'),
    }),
    defineField({name: 'portrait', type: 'figure'}),
    defineField({
      name: 'profiles',
      title: 'Profiles elsewhere',
      type: 'array',
      of: [
        defineArrayMember({
          type: 'url',
          validation: (rule) =>
            rule
              .uri({scheme: ['https']})
              .error('Write the full address of the profile, starting with https://'),
        }),
      ],
      validation: (rule) => rule.unique().error('This profile is in the list twice: remove one.'),
    }),
    defineField({
      name: 'email',
      title: 'E-mail',
      type: 'email',
      description: 'For the desk. Readers never see it.',
      validation: (rule) => rule.error('Write a full e-mail address, such as name@host.org.'),
    }),
    defineField({
      name: 'active',
      type: 'boolean',
      initialValue: true,
      description: 'Turn off for former authors. Their old bylines stay.',
    }),
  ],
  orderings: [{name: 'name', title: 'Name, A–Z', by: [{field: 'name', direction: 'asc'}]}],
  preview: {
    select: {name: 'name', jobTitle: 'jobTitle', kind: 'kind', media: 'portrait.asset'},
    prepare: ({name, jobTitle, kind, media}) => ({
      title: name ?? 'No name yet',
      subtitle: jobTitle ?? kinds.find(({value}) => value === kind)?.title,
      media: media ?? (kind === 'person' ? UserIcon : UsersIcon),
    }),
  },
})
