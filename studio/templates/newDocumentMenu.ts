import type {NewDocumentOptionsResolver} from 'sanity'

/**
 * What the menu of new documents offers: an article by its type, never the settings, of which there
 * is one. Where a reference is being filled in, the menu is left as it is.
 */
export const newDocumentMenu: NewDocumentOptionsResolver = (items, {creationContext}) =>
  creationContext.type === 'global'
    ? items.filter(({templateId}) => !['article', 'siteSettings'].includes(templateId))
    : items.filter(({templateId}) => templateId !== 'siteSettings')
