import type {SortOrderingItem} from 'sanity'
import type {StructureBuilder} from 'sanity/structure'

export interface ListContents {
  readonly id: string
  readonly title: string
  readonly filter: string
  readonly params?: Record<string, unknown>
}

const newestFirst: SortOrderingItem[] = [{field: 'firstPublishedAt', direction: 'desc'}]
const byName: SortOrderingItem[] = [{field: 'name', direction: 'asc'}]
const lastTouched: SortOrderingItem[] = [{field: '_updatedAt', direction: 'desc'}]

/** A list of whatever a filter finds, what was touched last on top. */
export const mixedList = (S: StructureBuilder, {id, title, filter, params = {}}: ListContents) =>
  S.documentList()
    .id(id)
    .title(title)
    .apiVersion('2025-02-19')
    .filter(filter)
    .params(params)
    .defaultOrdering(lastTouched)

/** A list of articles, the newest first. */
export const articleList = (S: StructureBuilder, contents: ListContents) =>
  mixedList(S, contents).schemaType('article').defaultOrdering(newestFirst)

/** A list of authors, topics or credits by name. */
export const namedList = (S: StructureBuilder, type: string, contents: ListContents) =>
  mixedList(S, contents).schemaType(type).defaultOrdering(byName)
