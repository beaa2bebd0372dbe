/** Schema type of an article's rights: holder, copyright notice and terms. */
import {BillIcon} from '@sanity/icons/Bill'
import {defineField, defineType} from 'sanity'

/** Who owns the story and what others may do with it. Feeds obey `maySyndicate`. */
export const rights = defineType({
  name: 'rights',
  title: 'Rights',
  type: 'object',
  icon: BillIcon,
  options: {collapsible: true, collapsed: true},
  fields: [
    defineField({
      name: 'holder',
      type: 'reference',
      to: [{type: 'credit'}],
      description: 'Leave empty if the story is ours.',
    }),
    defineField({
      name: 'notice',
      title: 'Copyright notice',
      type: 'string',
      description: 'Exactly as it must appear, for example “© 2021 Reuters”.',
    }),
    defineField({name: 'terms', title: 'Terms of use', type: 'text', rows: 3}),
    defineField({
      name: 'maySyndicate',
      title: 'Partners may republish',
      type: 'boolean',
      initialValue: true,
      description: 'Turn off to keep the text of the story out of feeds for partners.',
    }),
  ],
})
