/** The fields of an article that are for the desk alone: its work on the story. */
import {defineField} from 'sanity'

/** How far a story is, in order. */
export const workflowSteps = [
  {title: 'Draft', value: 'draft'},
  {title: 'Ready', value: 'ready'},
  {title: 'Legal', value: 'legal'},
  {title: 'Done', value: 'done'},
] as const

/**
 * Readers never see these. Editors write them in a panel beside the form, `studio/inspectors`, so the
 * form hides them.
 */
export const deskFields = [
  defineField({
    name: 'deskNotes',
    title: 'Notes for the desk',
    type: 'text',
    group: 'story',
    hidden: true,
  }),
  defineField({
    name: 'workflow',
    type: 'string',
    group: 'story',
    hidden: true,
    options: {list: [...workflowSteps]},
    validation: (rule) => rule.error('Choose Draft, Ready, Legal or Done.'),
  }),
  defineField({
    name: 'assignee',
    title: 'Who has the story',
    type: 'string',
    group: 'story',
    // The id of a user. The editor who begins a story has it.
    hidden: true,
    initialValue: (_, {currentUser}) => currentUser?.id ?? '',
  }),
]
