/** Schema type of a byline entry: an author and a role, in an article's byline. */
import {UserIcon} from '@sanity/icons/User'
import {defineField, defineType} from 'sanity'

const roles = [
  {title: 'Writer', value: 'writer'},
  {title: 'Additional reporting', value: 'additionalReporting'},
  {title: 'Photographer', value: 'photographer'},
  {title: 'Videographer', value: 'videographer'},
  {title: 'Illustrator', value: 'illustrator'},
  {title: 'Editor', value: 'editor'},
  {title: 'Translator', value: 'translator'},
]

/** One name in a byline. Readers see the entries in this order. */
export const bylineEntry = defineType({
  name: 'bylineEntry',
  title: 'Byline entry',
  type: 'object',
  icon: UserIcon,
  fields: [
    defineField({
      name: 'author',
      type: 'reference',
      to: [{type: 'author'}],
      description: 'A person, a desk or an agency. Not listed? Type a name and press Create.',
      validation: (rule) =>
        rule.required().error('Choose the author of this byline entry, or remove the entry.'),
    }),
    defineField({
      name: 'role',
      type: 'string',
      initialValue: 'writer',
      options: {list: roles},
      validation: (rule) =>
        rule.required().error('Choose one of the listed roles for this byline entry.'),
    }),
  ],
  preview: {
    select: {name: 'author.name', role: 'role', media: 'author.portrait'},
    prepare: ({name, role, media}) => ({
      title: name ?? 'No author chosen',
      subtitle: roles.find(({value}) => value === role)?.title,
      media: media ?? UserIcon,
    }),
  },
})
