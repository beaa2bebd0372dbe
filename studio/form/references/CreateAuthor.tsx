/** The form: “Create” in a byline, which makes an author from the typed name. */
import {AddIcon} from '@sanity/icons/Add'
import {Box, Button, Flex} from '@sanity/ui'
import {useToast} from '@sanity/ui/toast'
import {type ReactNode, useState} from 'react'
import {
  DEFAULT_STUDIO_CLIENT_OPTIONS,
  type ObjectInputProps,
  ReferenceInputOptionsProvider,
  set,
  useClient,
  useReferenceInputOptions,
} from 'sanity'

import {refOf} from '../../../schemas/untyped.ts'
import {createAuthor} from './createAuthor.ts'
import {useTypedName} from './useTypedName.ts'

interface Props {
  readonly value: unknown
  readonly readOnly: boolean
  readonly onChange: ObjectInputProps['onChange']
  readonly children: ReactNode
}

/**
 * For a guest, a byline needs only the name. So the author is made from it and published, and the
 * editor stays in the story; a portrait and a biography can come later.
 */
export const CreateAuthor = ({value, readOnly, onChange, children}: Props) => {
  const inherited = useReferenceInputOptions()
  const client = useClient(DEFAULT_STUDIO_CLIENT_OPTIONS)
  const {push} = useToast()
  const {name, onInput, clear} = useTypedName()
  const [isBusy, setIsBusy] = useState(false)

  const create = async (): Promise<void> => {
    setIsBusy(true)
    try {
      const id = await createAuthor(client, name, () => crypto.randomUUID())
      onChange(set({_type: 'reference', _ref: id}))
      clear()
    } catch (error) {
      push({
        status: 'error',
        closable: true,
        title: `${name} could not be created`,
        description: error instanceof Error ? error.message : String(error),
      })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    // Side by side: the list of what was found opens below the field and would cover the button.
    <Flex align="flex-start" gap={2} onInput={onInput}>
      <Box flex={1}>
        <ReferenceInputOptionsProvider {...inherited} disableNew>
          {children}
        </ReferenceInputOptionsProvider>
      </Box>
      {name !== '' && refOf(value) === undefined && (
        <Button
          disabled={readOnly || isBusy}
          icon={AddIcon}
          mode="ghost"
          onClick={() => void create()}
          text={`Create “${name}”`}
        />
      )}
    </Flex>
  )
}
