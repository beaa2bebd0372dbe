/** The form: the button that numbers the sources of a story, or takes the numbers away. */
import {Button, Stack} from '@sanity/ui'
import type {ReactNode} from 'react'
import {type ArrayOfObjectsInputProps, set, unset} from 'sanity'

import {isNumbered} from '../../../schemas/objects/creditLine.ts'
import {records, textOf} from '../../../schemas/untyped.ts'

interface Props {
  readonly lines: unknown
  readonly readOnly: boolean
  readonly onChange: ArrayOfObjectsInputProps['onChange']
  readonly children: ReactNode
}

/** Few lists of sources are numbered, so a line asks for a number only when its list has some. */
export const NumberedSources = ({lines, readOnly, onChange, children}: Props) => {
  const keys = records(lines).flatMap(({_key}) => textOf(_key) ?? [])
  const numbered = isNumbered(lines)
  const change = (): void =>
    onChange(
      keys.map((_key, index) =>
        numbered ? unset([{_key}, 'number']) : set(index + 1, [{_key}, 'number']),
      ),
    )
  return (
    <Stack gap={3}>
      {children}
      {(keys.length > 1 || numbered) && (
        <Button
          disabled={readOnly}
          fontSize={1}
          mode="bleed"
          onClick={change}
          text={numbered ? 'Remove the numbers' : 'Number the sources'}
        />
      )}
    </Stack>
  )
}
