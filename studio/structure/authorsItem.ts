/** The desk: the item “Articles by author”, with a list for each author. */
import {UserIcon} from '@sanity/icons/User'
import type {StructureBuilder, StructureResolverContext} from 'sanity/structure'

import {byAuthor} from './deskLists.ts'
import {articleList, namedList} from './documentLists.ts'
import {nameOf} from './nameOf.ts'

/** Articles by author: everything with the author in its byline. */
export const authorsItem = (S: StructureBuilder, context: StructureResolverContext) =>
  S.listItem()
    .id('by-author')
    .title('Articles by author')
    .icon(UserIcon)
    .child(
      namedList(S, 'author', {id: 'by-author', title: 'Authors', filter: '_type == "author"'})
        .child(async (author) =>
          articleList(S, {
            id: author,
            title: await nameOf(context, author),
            filter: byAuthor,
            params: {author},
          }).initialValueTemplates([]),
        )
        .initialValueTemplates([]),
    )
