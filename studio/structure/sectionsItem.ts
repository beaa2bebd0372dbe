import {FolderIcon} from '@sanity/icons/Folder'
import type {StructureBuilder} from 'sanity/structure'

import {inSection, topicsOfKind} from './deskFilters.ts'
import {articleList, namedList} from './documentLists.ts'

/** Articles by section: the sections are documents, so the list of them is as live as theirs. */
export const sectionsItem = (S: StructureBuilder) =>
  S.listItem()
    .id('sections')
    .title('Articles by section')
    .icon(FolderIcon)
    .child(
      namedList(S, 'topic', {
        id: 'sections',
        title: 'Sections',
        filter: topicsOfKind,
        params: {kind: 'section'},
      })
        .initialValueTemplates([S.initialValueTemplateItem('topic-of-kind', {kind: 'section'})])
        .child((section) =>
          articleList(S, {
            id: section,
            title: 'Articles',
            filter: inSection,
            params: {section},
          }).initialValueTemplates([S.initialValueTemplateItem('article-in-section', {section})]),
        ),
    )
