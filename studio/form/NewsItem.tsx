/**
 * The form: changes to Sanity’s list items. The Studio’s configuration puts it around every item.
 */
import {isObjectItemProps, type ItemProps} from 'sanity'

import {ProposalItem} from '../proposals/ProposalItem.tsx'
import {RoleOfCredit} from './credits/RoleOfCredit.tsx'

/** List items: proposals are decided in place, and the role of a credit line is filled in. */
export const NewsItem = (props: ItemProps) => {
  if (props.schemaType.name === 'proposal') return <ProposalItem {...props} />
  const item = props.renderDefault(props)
  if (props.schemaType.name !== 'creditLine' || !isObjectItemProps(props)) return item
  return (
    <>
      {item}
      <RoleOfCredit line={props.value} onChange={props.inputProps.onChange} />
    </>
  )
}
