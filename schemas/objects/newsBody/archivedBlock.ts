/** What an imported story holds and the content model has no type for, kept as it was. */
import {ArchiveIcon} from '@sanity/icons/Archive'
import {defineField, defineType} from 'sanity'

/**
 * A part of an imported story that the import could not read: an unknown embed, a form, a block of
 * another system. It stays at its place, so that nothing is lost and an editor can rebuild it.
 * Readers never see it: the public queries leave it out.
 */
export const archivedBlock = defineType({
  name: 'archivedBlock',
  title: 'Archived block',
  type: 'object',
  icon: ArchiveIcon,
  readOnly: true,
  // Not in the insert menu, because only imports make one. A story that has one shows it.
  hidden: true,
  fields: [
    defineField({
      name: 'kind',
      type: 'string',
      description: 'What the source calls it. Readers do not see an archived block.',
      validation: (rule) => rule.required().error('An archived block names its kind.'),
    }),
    defineField({
      name: 'text',
      type: 'text',
      rows: 4,
      description: 'The words in it. Copy them into the story if readers need them.',
    }),
    defineField({
      name: 'source',
      title: 'As in the source',
      type: 'text',
      rows: 8,
      validation: (rule) => rule.required().error('An archived block keeps its source.'),
    }),
    defineField({name: 'pointer', title: 'Place in the source', type: 'string'}),
  ],
  preview: {
    select: {kind: 'kind', text: 'text', source: 'source'},
    prepare: ({kind, text, source}) => ({
      title: text ?? source ?? 'Nothing kept',
      subtitle: `Archived: ${kind ?? 'unknown'} · readers do not see this`,
    }),
  },
})
