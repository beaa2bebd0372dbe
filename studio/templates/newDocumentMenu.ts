import type {NewDocumentOptionsResolver} from 'sanity'

import {kindTemplates} from './newsTemplates.ts'

/**
 * There is one document of settings; an article is begun as one of its types; and what has a kind is
 * begun as such where the kind is known.
 */
const neverOffered = new Set(['siteSettings', 'article', ...kindTemplates.map(({id}) => id)])

/** What menus of new documents offer. */
export const newDocumentMenu: NewDocumentOptionsResolver = (items) =>
  items.filter(({templateId}) => !neverOffered.has(templateId))
