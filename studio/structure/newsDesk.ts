/** The desk: which lists the Studio shows at the left, and in which order. */
import {ChartUpwardIcon} from '@sanity/icons/ChartUpward'
import {CogIcon} from '@sanity/icons/Cog'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import type {StructureResolver} from 'sanity/structure'

import {creditKinds} from '../../schemas/documents/credit.ts'
import {topicKinds} from '../../schemas/documents/topic.ts'
import {attentionItem} from './attentionItem.ts'
import {authorsItem} from './authorsItem.ts'
import {articleLists, workLists} from './deskLists.ts'
import {deskItem} from './documentLists.ts'
import {kindsItem} from './kindsItem.ts'
import {sectionsItem} from './sectionsItem.ts'

/** Types with a place of their own in the desk. Any other type of the schema gets a list below. */
const placed = new Set(['article', 'author', 'topic', 'credit', 'mostRead', 'siteSettings'])

/** The desk: current work first, then authors, topics, credits and other types, settings last. */
export const newsDesk: StructureResolver = (S, context) =>
  S.list()
    .id('desk')
    .title('Desk')
    .items([
      ...workLists.map((list) => deskItem(S, list)),
      attentionItem(S),
      S.divider(),
      S.documentTypeListItem('article').title('All articles').icon(DocumentTextIcon),
      sectionsItem(S, context),
      authorsItem(S, context),
      ...articleLists.map((list) => deskItem(S, list)),
      S.divider(),
      S.documentTypeListItem('author').title('Authors'),
      kindsItem(S, {type: 'topic', title: 'Topics', kinds: topicKinds}),
      kindsItem(S, {type: 'credit', title: 'Credits', kinds: creditKinds}),
      S.documentTypeListItem('mostRead').title('Most read').icon(ChartUpwardIcon),
      ...S.documentTypeListItems().filter((item) => !placed.has(item.getId() ?? '')),
      S.divider(),
      S.listItem()
        .id('settings')
        .title('Settings')
        .icon(CogIcon)
        .child(
          S.document()
            .id('siteSettings')
            .schemaType('siteSettings')
            .documentId('siteSettings')
            .title('Settings'),
        ),
    ])
