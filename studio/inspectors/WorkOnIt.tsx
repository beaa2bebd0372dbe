/** The panel for the desk: how far a story is, and who has it. */
import {Select, Stack, Text} from '@sanity/ui'
import {useId} from 'react'
import {useUser, useUserListWithPermissions} from 'sanity'

import {workflowSteps} from '../../schemas/documents/article/deskFields.ts'

interface FieldProps {
  readonly title: string
  readonly value: string
  readonly readOnly: boolean
  readonly choices: readonly {readonly value: string; readonly title: string}[]
  /** What an empty field says. */
  readonly none: string
  onChange(value: string): void
}

const SelectField = ({title, value, readOnly, choices, none, onChange}: FieldProps) => {
  const id = useId()
  return (
    <Stack gap={2}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        {title}
      </Text>
      <Select
        id={id}
        fontSize={1}
        onChange={({currentTarget}) => onChange(currentTarget.value)}
        readOnly={readOnly}
        value={value}
      >
        <option value="">{none}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </Select>
    </Stack>
  )
}

interface Props {
  readonly value: string
  readonly readOnly: boolean
  onChange(value: string): void
}

/** How far the story is. Publishing does not depend on it. */
export const Workflow = (props: Props) => (
  <SelectField {...props} title="Workflow" none="Not begun" choices={workflowSteps} />
)

/** Everybody who can edit, and the user who has the story even if they no longer can. */
export const Assignee = (props: Props) => {
  const {data} = useUserListWithPermissions({documentValue: null, permission: 'update'})
  const [holder] = useUser(props.value)
  const users = (data ?? []).map(({id, displayName}) => ({value: id, title: displayName ?? id}))
  const isListed = props.value === '' || users.some(({value}) => value === props.value)
  const choices = isListed
    ? users
    : [{value: props.value, title: holder?.displayName ?? props.value}, ...users]
  return <SelectField {...props} title="Who has the story" none="Nobody" choices={choices} />
}
