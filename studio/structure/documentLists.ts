/** The desk: builders for its lists of documents. The desk’s items use them. */
import type {StructureBuilder} from 'sanity/structure'

import type {DeskList} from './deskLists.ts'

export interface ListContents {
  readonly id: string
  readonly title: string
  readonly filter: string
  readonly params?: Record<string, unknown>
}

const apiVersion = '2025-02-19'

/**
 * A list of several types, last edited first. It offers no new documents, and a document opened by
 * its address is not shown in it, because the list may not contain it.
 * @param type the type, where all documents have the same
 */
export const mixedList = (
  S: StructureBuilder,
  {id, title, filter, params = {}}: ListContents,
  type?: string,
) =>
  (type === undefined ? S.documentList() : S.documentList().schemaType(type))
    .id(id)
    .title(title)
    .apiVersion(apiVersion)
    .filter(filter)
    .params(params)
    .defaultOrdering([{field: '_updatedAt', direction: 'desc'}])
    .canHandleIntent(() => false)
    // Last, because each other step brings back the templates of the listed types.
    .initialValueTemplates([])

/**
 * A filtered list of one type, with the sort orders of that type. A document opened by its address
 * is shown in the list of all, not in the first filtered list.
 */
const listOfType = (
  S: StructureBuilder,
  type: string,
  {id, title, filter, params = {}}: ListContents,
) =>
  S.documentTypeList(type)
    .id(id)
    .title(title)
    .apiVersion(apiVersion)
    .filter(filter)
    .params(params)
    .canHandleIntent(() => false)

/** A list of articles, the newest first. */
export const articleList = (S: StructureBuilder, contents: ListContents) =>
  listOfType(S, 'article', contents).defaultOrdering([
    {field: 'firstPublishedAt', direction: 'desc'},
  ])

/** A list of authors, topics or credits by name. */
export const namedList = (S: StructureBuilder, type: string, contents: ListContents) =>
  listOfType(S, type, contents).defaultOrdering([{field: 'name', direction: 'asc'}])

/** The item of a desk list. Its filter is made when the list is opened, because it may name a time. */
export const deskItem = (S: StructureBuilder, list: DeskList) => {
  const {filter, holds = 'articles', icon, id, params, title} = list
  const {orderedBy = 'firstPublishedAt'} = list
  return S.listItem()
    .id(id)
    .title(title)
    .icon(icon)
    .child(() => {
      const contents = {id, title, filter, params: params?.(new Date()) ?? {}}
      if (holds === 'everything') return mixedList(S, contents)
      return articleList(S, contents)
        .defaultOrdering([{field: orderedBy, direction: 'desc'}])
        .initialValueTemplates([])
    })
}
