/**
 * The form: changes to Sanity’s list items. The Studio’s configuration puts it around every item.
 */
import type {ItemProps} from 'sanity'

import {ProposalItem} from '../proposals/ProposalItem.tsx'

/** The list items that are edited in place instead of in a dialog. */
export const NewsItem = (props: ItemProps) =>
  props.schemaType.name === 'proposal' ? <ProposalItem {...props} /> : props.renderDefault(props)
