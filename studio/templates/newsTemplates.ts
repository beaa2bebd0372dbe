import type {Template, TemplateResolver} from 'sanity'

import {articleTypes} from '../../schemas/documents/article/articleTypes.ts'
import {creditKinds} from '../../schemas/documents/creditKinds.ts'
import {topicKinds} from '../../schemas/documents/topicKinds.ts'
import {kindTemplateId} from './kindTemplateId.ts'

/** The menu of new documents is in the order of the alphabet: with these titles, articles lead. */
const articleOfType: Template[] = articleTypes.map(({title, value}) => ({
  id: `article-${value}`,
  title: value === 'news' ? 'Article' : `Article: ${title.toLowerCase()}`,
  schemaType: 'article',
  value: {articleType: value},
}))

/** For the lists of the desk: what is made in a list belongs in it. */
const articleInSection: Template = {
  id: 'article-in-section',
  title: 'Article in this section',
  schemaType: 'article',
  parameters: [{name: 'section', type: 'string'}],
  value: ({section}: {section: string}) => ({section: {_type: 'reference', _ref: section}}),
}

const ofKind = (
  type: string,
  kinds: readonly {readonly title: string; readonly value: string}[],
): Template[] =>
  kinds.map(({title, value}) => ({
    id: kindTemplateId(type, value),
    title,
    schemaType: type,
    value: {kind: value},
  }))

/** For lists and reference fields that hold one kind only. */
export const kindTemplates = [...ofKind('topic', topicKinds), ...ofKind('credit', creditKinds)]

/** Every way to begin a document. */
export const newsTemplates: TemplateResolver = (templates) => [
  ...templates,
  ...articleOfType,
  articleInSection,
  ...kindTemplates,
]
