import type {ItemProps} from 'sanity'

import {ProposalItem} from '../proposals/ProposalItem.tsx'

/** Items of lists that the newsroom works with otherwise than by a dialog. */
export const NewsItem = (props: ItemProps) =>
  props.schemaType.name === 'proposal' ? <ProposalItem {...props} /> : props.renderDefault(props)
