/** The story’s form: one item in the list of proposals that the import made. */
import {Button, Card, Flex, Stack, Text} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {useState} from 'react'
import {
  DEFAULT_STUDIO_CLIENT_OPTIONS,
  getPublishedId,
  getVersionFromId,
  type ItemProps,
  useClient,
  useDocumentOperation,
  useFormValue,
} from 'sanity'

import {isRecord, textOf} from '../../schemas/untyped.ts'
import type {Fields} from '../actions/articlePatch.ts'
import {randomKey} from '../actions/randomKey.ts'
import {type Decision, decideProposal, quotedWords} from './decideProposal.ts'

const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : {})

const WORDS = {accepted: 'Accepted', rejected: 'Rejected'} as const

/**
 * One proposal of the import with the passage it is based on, and buttons to accept or reject it.
 */
export const ProposalItem = (props: ItemProps) => {
  const article = fieldsOf(useFormValue([]))
  const id = textOf(article['_id']) ?? ''
  const version = getVersionFromId(id)
  const {patch} = useDocumentOperation(getPublishedId(id), 'article', version)
  const client = useClient(DEFAULT_STUDIO_CLIENT_OPTIONS)
  const toast = useToast()
  const [busy, setBusy] = useState(false)

  const proposal = fieldsOf(props.value)
  const key = textOf(proposal['_key']) ?? ''
  const value = textOf(proposal['value']) ?? ''
  const decision = textOf(proposal['decision'])
  const field = textOf(proposal['field']) ?? ''
  const words = quotedWords(article, field)

  const authorNamed = async (name: string): Promise<string | undefined> => {
    const found = await client.fetch<unknown>(
      '*[_type == "author" && name == $name && !(_id in path("drafts.**"))] | order(_id)[0]._id',
      {name},
    )
    return textOf(found)
  }

  const decide = async (choice: Decision): Promise<void> => {
    setBusy(true)
    try {
      const named = choice === 'accepted' && field === 'byline'
      const authorId = named ? await authorNamed(value) : undefined
      const patches = decideProposal(article, key, choice, {authorId, newKey: randomKey})
      if (patches.length > 0) patch.execute([...patches])
      else if (named) {
        toast.push({
          status: 'warning',
          title: `There is no author called ${value} yet.`,
          description: 'Create the author in the byline, then accept the proposal.',
        })
      }
    } catch (error) {
      toast.push({
        status: 'error',
        title: 'The decision could not be saved.',
        description: error instanceof Error ? error.message : String(error),
      })
    } finally {
      setBusy(false)
    }
  }

  const isClosed = busy || props.readOnly === true || Boolean(patch.disabled)
  return (
    <Card padding={3} radius={2} border data-testid="proposal">
      <Stack gap={3}>
        <Text size={1} weight="semibold">
          {fieldWords(field)}: {value}
          {words !== undefined && `, of “${words}”`}
        </Text>
        <Text size={1} muted>
          {textOf(proposal['evidence'])}
        </Text>
        {decision === 'accepted' || decision === 'rejected' ? (
          <Text size={1}>{WORDS[decision]}</Text>
        ) : (
          <Flex gap={2}>
            <Button
              text="Accept"
              aria-label={`Accept ${value}`}
              tone="positive"
              mode="ghost"
              disabled={isClosed}
              onClick={() => void decide('accepted')}
            />
            <Button
              text="Reject"
              aria-label={`Reject ${value}`}
              mode="ghost"
              disabled={isClosed}
              onClick={() => void decide('rejected')}
            />
          </Flex>
        )}
      </Stack>
    </Card>
  )
}

const fieldWords = (field: string): string => {
  if (field === 'byline') return 'Author'
  return field === 'updatedAt' ? 'Last updated' : 'Speaker'
}
