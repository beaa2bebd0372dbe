import type {Template, TemplateResolver} from 'sanity'

import {articleTypes} from '../../schemas/documents/article/articleTypes.ts'

const reference = (_ref: string) => ({_type: 'reference', _ref})

const articleOfType: Template[] = articleTypes.map(({title, value}) => ({
  id: `article-${value}`,
  title: value === 'news' ? 'News article' : `${title} article`,
  schemaType: 'article',
  value: {articleType: value},
}))

/** For the lists of the desk: what is made in a list belongs in it. */
const forLists: Template[] = [
  {
    id: 'article-in-section',
    title: 'Article in this section',
    schemaType: 'article',
    parameters: [{name: 'section', type: 'string'}],
    value: ({section}: {section: string}) => ({section: reference(section)}),
  },
  ...['topic', 'credit'].map((type) => ({
    id: `${type}-of-kind`,
    title: `${type} of this kind`,
    schemaType: type,
    parameters: [{name: 'kind', type: 'string' as const}],
    value: ({kind}: {kind: string}) => ({kind}),
  })),
]

/** Every way to begin a document. */
export const newsTemplates: TemplateResolver = (templates) => [
  ...templates,
  ...articleOfType,
  ...forLists,
]
