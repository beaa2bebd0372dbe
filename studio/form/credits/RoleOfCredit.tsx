/** The form: the role of a credit line, filled in from the kind of its credit. */
import {useEffect} from 'react'
import {type ObjectInputProps, set, useEditState} from 'sanity'

import {roleOfKind} from '../../../schemas/objects/creditLine.ts'
import {isRecord, refOf, textOf} from '../../../schemas/untyped.ts'

interface Props {
  readonly line: unknown
  readonly onChange: ObjectInputProps['onChange']
}

/**
 * Fills in the role of a credit line once its credit is chosen: an agency is credited as an agency,
 * not as the photographer. A role that is there already stays.
 */
export const RoleOfCredit = ({line, onChange}: Props) => {
  const id =
    isRecord(line) && textOf(line['role']) === undefined ? refOf(line['credit']) : undefined
  return id === undefined ? null : <FillIn id={id} onChange={onChange} />
}

const FillIn = ({id, onChange}: {readonly id: string; readonly onChange: Props['onChange']}) => {
  const {draft, published} = useEditState(id, 'credit')
  const kind = textOf((draft ?? published)?.['kind'])
  useEffect(() => {
    if (kind !== undefined) onChange(set(roleOfKind(kind), ['role']))
    // Once for each kind: `onChange` is a new function at each render.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [kind])
  return null
}
