/**
 * New documents: the templates that fill in their first fields, for the menus, the desk and the
 * form.
 */
import type {Template, TemplateResolver} from 'sanity'

import {articleTypes} from '../../schemas/documents/article/storyFields.ts'
import {creditKinds} from '../../schemas/documents/credit.ts'
import {topicKinds} from '../../schemas/documents/topic.ts'
import {isRecord} from '../../schemas/untyped.ts'
import {webAddressOf} from '../../schemas/webAddress.ts'
import {kindTemplateId, namedTemplateId} from './templateIds.ts'

/** The menu of new documents is sorted by title; with these titles, articles come first. */
const articleOfType: Template[] = articleTypes.map(({title, value}) => ({
  id: `article-${value}`,
  title: value === 'news' ? 'Article' : `Article: ${title.toLowerCase()}`,
  schemaType: 'article',
  value: {articleType: value},
}))

/** For the desk's lists: a document created in a list must match the list's filter. */
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

/** For lists and reference fields of one kind. */
export const kindTemplates = [...ofKind('topic', topicKinds), ...ofKind('credit', creditKinds)]

/** The copy of a template with which a reference field fills in the typed name. */
const named = ({id, title, schemaType, value}: Template): Template => ({
  id: namedTemplateId(id),
  title,
  schemaType,
  parameters: [{name: 'name', type: 'string'}],
  value: ({name}: {name: string}) => ({
    ...(isRecord(value) && value),
    name,
    ...(schemaType !== 'credit' && {slug: {_type: 'slug', current: webAddressOf(name)}}),
  }),
})

/** All templates for new documents. */
export const newsTemplates: TemplateResolver = (templates) => {
  const ofNames = templates.filter(({id}) => id === 'author' || id === 'topic' || id === 'credit')
  return [
    ...templates,
    ...articleOfType,
    articleInSection,
    ...kindTemplates,
    ...[...ofNames, ...kindTemplates].map(named),
  ]
}
