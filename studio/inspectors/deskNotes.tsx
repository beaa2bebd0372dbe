/** For the desk: how far an article is, who has it, and notes, in a panel beside the form. */
import {ComposeIcon} from '@sanity/icons/Compose'
import {Box, Flex, Stack, Text, TextArea} from '@sanity/ui'
import {
  defineDocumentInspector,
  type DocumentInspectorProps,
  type DocumentInspectorsResolver,
  PatchEvent,
  set,
  unset,
} from 'sanity'
import {DocumentInspectorHeader, useDocumentPane} from 'sanity/structure'

import {textOf} from '../../schemas/untyped.ts'
import {Assignee, Workflow} from './WorkOnIt.tsx'

const DeskNotes = ({onClose}: DocumentInspectorProps) => {
  const {value, onChange, formState} = useDocumentPane()
  const readOnly = formState?.readOnly === true
  const write =
    (field: string) =>
    (text: string): void =>
      onChange(PatchEvent.from([text === '' ? unset([field]) : set(text, [field])]))
  const writeNotes = write('deskNotes')
  return (
    <Flex direction="column" height="fill">
      <DocumentInspectorHeader
        closeButtonLabel="Close the notes"
        onClose={onClose}
        title="Notes for the desk"
      />
      <Box padding={4} data-testid="for-the-desk">
        <Stack gap={4}>
          <Workflow
            value={textOf(value['workflow']) ?? ''}
            readOnly={readOnly}
            onChange={write('workflow')}
          />
          <Assignee
            value={textOf(value['assignee']) ?? ''}
            readOnly={readOnly}
            onChange={write('assignee')}
          />
          <Text size={1} muted id="desk-notes-hint">
            Readers never see this. Keep working notes here, not in the story.
          </Text>
          <TextArea
            aria-describedby="desk-notes-hint"
            aria-label="Notes for the desk"
            fontSize={1}
            onChange={({currentTarget}) => writeNotes(currentTarget.value)}
            readOnly={readOnly}
            rows={16}
            value={textOf(value['deskNotes']) ?? ''}
          />
        </Stack>
      </Box>
    </Flex>
  )
}

const deskNotes = defineDocumentInspector({
  name: 'desk-notes',
  component: DeskNotes,
  useMenuItem: () => {
    const {value} = useDocumentPane()
    const hasNotes = textOf(value['deskNotes']) !== undefined
    return {
      icon: ComposeIcon,
      showAsAction: true,
      title: hasNotes ? 'Read the notes for the desk' : 'Write notes for the desk',
      ...(hasNotes && {tone: 'caution' as const, status: 'caution' as const}),
    }
  },
})

/** The panels beside a form: Sanity's own, and for articles the notes for the desk. */
export const newsInspectors: DocumentInspectorsResolver = (others, {documentType}) =>
  documentType === 'article' ? [...others, deskNotes] : others
