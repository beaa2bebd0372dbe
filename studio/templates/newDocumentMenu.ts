/** New documents: which templates the menus show. The Studio’s configuration uses it. */
import type {NewDocumentOptionsResolver} from 'sanity'

import {kindTemplates} from './newsTemplates.ts'

/**
 * Left out: the settings, because there is one document of them; the plain article, because there
 * is a template for each article type; and topics and credits of one kind, which the desk's lists
 * offer.
 */
const neverOffered = new Set(['siteSettings', 'article', ...kindTemplates.map(({id}) => id)])

/** What the menus for new documents offer. */
export const newDocumentMenu: NewDocumentOptionsResolver = (items) =>
  items.filter(({templateId}) => !neverOffered.has(templateId))
