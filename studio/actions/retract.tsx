/** Document action: “Retract…”, in the menu of an article. */
import {UndoIcon} from '@sanity/icons/Undo'
import {Button, Flex, Stack, Text, TextArea} from '@sanity/ui'
import {useState} from 'react'
import {
  type DocumentActionComponent,
  isPublishedPerspective,
  useDocumentOperation,
  usePerspective,
} from 'sanity'
import {useDocumentTitle} from 'sanity/structure'

import {randomKey} from './randomKey.ts'
import {retraction} from './retraction.ts'
import {usePress} from './usePress.ts'

/**
 * Takes a story back in one step: asks what to tell readers, adds the retraction and publishes it. A
 * retraction in a release goes out with the release.
 */
export const retract: DocumentActionComponent = ({
  id,
  type,
  draft,
  published,
  version,
  scopeId,
}) => {
  const {patch} = useDocumentOperation(id, type, scopeId)
  const {title = 'The story'} = useDocumentTitle()
  const publish = usePress(id, type, title)
  const {selectedPerspective} = usePerspective()
  const [isAsking, setIsAsking] = useState(false)
  if (isPublishedPerspective(selectedPerspective)) return null

  const article = version ?? draft ?? published ?? {}
  const isRetracted = published?.['pubStatus'] === 'retracted'
  const takeBack = (why: string): void => {
    setIsAsking(false)
    patch.execute([retraction(article, why, new Date(), randomKey())])
    if (!version) publish()
  }
  return {
    label: 'Retract…',
    icon: UndoIcon,
    tone: 'critical',
    disabled: !published || isRetracted || Boolean(patch.disabled),
    title: titleOf(Boolean(published), isRetracted),
    onHandle: () => setIsAsking(true),
    dialog: isAsking && {
      type: 'dialog',
      header: `Retract “${title}”?`,
      onClose: () => setIsAsking(false),
      content: (
        <Question
          onCancel={() => setIsAsking(false)}
          onRetract={takeBack}
          verb={version ? 'Retract with the release' : 'Retract'}
          warning={
            draft && !version
              ? 'This story has other unpublished changes. They will be published too.'
              : undefined
          }
        />
      ),
    },
  }
}

retract.displayName = 'Retract'

const titleOf = (isPublished: boolean, isRetracted: boolean): string => {
  if (!isPublished) return 'This story is not live yet: just edit or delete it'
  return isRetracted ? 'This story is retracted already' : 'Take the story back and say why'
}

interface QuestionProps {
  readonly verb: string
  readonly warning: string | undefined
  onCancel(): void
  onRetract(why: string): void
}

const Question = ({verb, warning, onCancel, onRetract}: QuestionProps) => {
  const [why, setWhy] = useState('')
  return (
    <Stack gap={4}>
      <Text as="label" htmlFor="why-retracted" size={1}>
        Readers will see only the headline and these words. Say what was wrong, in full sentences.
      </Text>
      <TextArea
        id="why-retracted"
        onChange={({currentTarget}) => setWhy(currentTarget.value)}
        rows={4}
        value={why}
      />
      {warning !== undefined && (
        <Text muted size={1}>
          {warning}
        </Text>
      )}
      <Flex gap={2} justify="flex-end">
        <Button mode="bleed" onClick={onCancel} text="Cancel" />
        <Button
          disabled={why.trim() === ''}
          onClick={() => onRetract(why)}
          text={verb}
          tone="critical"
        />
      </Flex>
    </Stack>
  )
}
