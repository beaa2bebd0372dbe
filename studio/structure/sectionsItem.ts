/** The desk: the item “Articles by section”, with a list for each section. */
import {FolderIcon} from '@sanity/icons/Folder'
import type {StructureBuilder, StructureResolverContext} from 'sanity/structure'

import {kindTemplateId} from '../templates/templateIds.ts'
import {inSection, ofKind} from './deskLists.ts'
import {articleList, namedList} from './documentLists.ts'
import {nameOf} from './nameOf.ts'

/** Articles by section. Sections are documents, so the list of them is live too. */
export const sectionsItem = (S: StructureBuilder, context: StructureResolverContext) =>
  S.listItem()
    .id('sections')
    .title('Articles by section')
    .icon(FolderIcon)
    .child(
      namedList(S, 'topic', {
        id: 'sections',
        title: 'Sections',
        filter: ofKind('topic'),
        params: {kind: 'section'},
      })
        .child(async (section) =>
          articleList(S, {
            id: section,
            title: await nameOf(context, section),
            filter: inSection,
            params: {section},
          }).initialValueTemplates([S.initialValueTemplateItem('article-in-section', {section})]),
        )
        .initialValueTemplates([S.initialValueTemplateItem(kindTemplateId('topic', 'section'))]),
    )
