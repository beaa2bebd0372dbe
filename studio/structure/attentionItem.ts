/** The desk: the item “Needs attention” and its lists. */
import {WarningOutlineIcon} from '@sanity/icons/WarningOutline'
import type {StructureBuilder} from 'sanity/structure'

import {anyReason, attentionReasons} from './deskLists.ts'
import {mixedList} from './documentLists.ts'

/**
 * Documents that need an editor's attention: one list for all reasons, and one for each reason.
 */
export const attentionItem = (S: StructureBuilder) =>
  S.listItem()
    .id('attention')
    .title('Needs attention')
    .icon(WarningOutlineIcon)
    .child(
      S.list()
        .id('attention')
        .title('Needs attention')
        .items([
          S.listItem()
            .id(anyReason.id)
            .title(anyReason.title)
            .icon(WarningOutlineIcon)
            .child(
              mixedList(S, {
                id: anyReason.id,
                title: 'Needs attention',
                filter: anyReason.filter,
              }),
            ),
          S.divider(),
          ...attentionReasons.map(({id, title, type, filter}) =>
            S.listItem()
              .id(id)
              .title(title)
              .schemaType(type)
              .child(mixedList(S, {id, title, filter}, type)),
          ),
        ])
        .initialValueTemplates([]),
    )
