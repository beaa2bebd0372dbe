/** A field in which an editor searches a list of choices by name or code. */
import {Card, Text} from '@sanity/ui'
import {Autocomplete} from '@sanity/ui/autocomplete'
import type {ComponentProps} from 'react'

import {type Choice, isFoundBy} from './choices.ts'

interface Props extends Pick<
  ComponentProps<typeof Autocomplete>,
  'aria-describedby' | 'aria-label' | 'disabled' | 'id' | 'onBlur' | 'onFocus' | 'ref'
> {
  readonly choices: readonly Choice[]
  /** Empty while nothing is chosen. */
  readonly value: string
  onChange(value: string): void
}

/** Called with the chosen value, or with an empty string when the field is cleared. */
export const ChoiceSearch = ({choices, ...props}: Props) => (
  <Autocomplete<Choice>
    {...props}
    filterOption={isFoundBy}
    openButton
    options={[...choices]}
    placeholder="Type a name"
    renderOption={({title}) => (
      <Card as="button" padding={3}>
        <Text size={1}>{title}</Text>
      </Card>
    )}
    renderValue={(value, option) => option?.title ?? value}
  />
)
