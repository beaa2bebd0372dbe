import {CalendarIcon} from '@sanity/icons/Calendar'
import {ChartUpwardIcon} from '@sanity/icons/ChartUpward'
import {CogIcon} from '@sanity/icons/Cog'
import {ComposeIcon} from '@sanity/icons/Compose'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {EarthGlobeIcon} from '@sanity/icons/EarthGlobe'
import {EditIcon} from '@sanity/icons/Edit'
import type {StructureResolver} from 'sanity/structure'

import {creditKinds} from '../../schemas/documents/credit.ts'
import {topicKinds} from '../../schemas/documents/topic.ts'
import {newsroomMidnight} from '../newsroomMidnight.ts'
import {attentionItem} from './attentionItem.ts'
import {corrected, creditsOfKind, drafts, liveToday, topicsOfKind, upcoming} from './deskFilters.ts'
import {articleList, mixedList} from './documentLists.ts'
import {kindsItem} from './kindsItem.ts'
import {sectionsItem} from './sectionsItem.ts'

/** The desk: current work first, then authors, topics and credits, settings last. */
export const newsDesk: StructureResolver = (S, context) =>
  S.list()
    .id('desk')
    .title('Desk')
    .items([
      S.listItem()
        .id('drafts')
        .title('Drafts')
        .icon(ComposeIcon)
        .child(mixedList(S, {id: 'drafts', title: 'Drafts', filter: drafts})),
      S.listItem()
        .id('upcoming')
        .title('Scheduled or embargoed')
        .icon(CalendarIcon)
        .child(() =>
          articleList(S, {
            id: 'upcoming',
            title: 'Scheduled or embargoed',
            filter: upcoming,
            params: {now: new Date().toISOString()},
          }),
        ),
      S.listItem()
        .id('live-today')
        .title('Live today')
        .icon(EarthGlobeIcon)
        .child(() => {
          const now = new Date()
          return articleList(S, {
            id: 'live-today',
            title: 'Live today',
            filter: liveToday,
            params: {now: now.toISOString(), midnight: newsroomMidnight(now)},
          })
        }),
      attentionItem(S),
      S.divider(),
      S.documentTypeListItem('article').title('All articles').icon(DocumentTextIcon),
      sectionsItem(S, context),
      S.listItem()
        .id('corrections')
        .title('Corrections')
        .icon(EditIcon)
        .child(
          articleList(S, {id: 'corrections', title: 'Corrected articles', filter: corrected})
            .defaultOrdering([{field: 'updatedAt', direction: 'desc'}])
            .initialValueTemplates([]),
        ),
      S.divider(),
      S.documentTypeListItem('author').title('Authors'),
      kindsItem(S, {type: 'topic', title: 'Topics', filter: topicsOfKind, kinds: topicKinds}),
      kindsItem(S, {type: 'credit', title: 'Credits', filter: creditsOfKind, kinds: creditKinds}),
      S.documentTypeListItem('mostRead').title('Most read').icon(ChartUpwardIcon),
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
