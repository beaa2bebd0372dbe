/** The desk: the items for topics and credits, with a list for each kind. */
import type {StructureBuilder} from 'sanity/structure'

import {kindTemplateId} from '../templates/templateIds.ts'
import {ofKind} from './deskLists.ts'
import {namedList} from './documentLists.ts'

interface Kinds {
  readonly type: 'topic' | 'credit'
  readonly title: string
  readonly kinds: readonly {readonly plural: string; readonly value: string}[]
}

/** A desk item with one list per kind; a document created in such a list gets that kind. */
export const kindsItem = (S: StructureBuilder, {type, title, kinds}: Kinds) =>
  S.listItem()
    .id(`${type}s`)
    .title(title)
    .schemaType(type)
    .child(
      S.list()
        .id(`${type}s`)
        .title(title)
        .items([
          S.listItem()
            .id('all')
            .title('All')
            .schemaType(type)
            .child(
              S.documentTypeList(type)
                .title(title)
                .defaultOrdering([{field: 'name', direction: 'asc'}]),
            ),
          S.divider(),
          ...kinds.map(({plural, value}) =>
            S.listItem()
              .id(value)
              .title(plural)
              .schemaType(type)
              .child(
                namedList(S, type, {
                  id: value,
                  title: plural,
                  filter: ofKind(type),
                  params: {kind: value},
                }).initialValueTemplates([S.initialValueTemplateItem(kindTemplateId(type, value))]),
              ),
          ),
        ]),
    )
