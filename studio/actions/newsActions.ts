/** Document actions: which ones each type of document has. The Studio’s configuration uses it. */
import type {DocumentActionsResolver} from 'sanity'

import {typesWithAddress} from '../documentTypes.ts'
import {addCorrection} from './addCorrection.ts'
import {duplicateAfresh} from './duplicateAfresh.ts'
import {keepOldAddress} from './keepOldAddress.ts'
import {markAsUpdated} from './markAsUpdated.ts'
import {copyLink, viewOnSite} from './onSite.ts'
import {publishOnce} from './publishOnce.ts'
import {retract} from './retract.tsx'

/**
 * There is one settings document: it can be published, discarded and restored, but not deleted or
 * copied.
 */
const settingsActions = new Set(['publish', 'discardChanges', 'restore'])

/** The actions offered for a document, by its type. */
export const newsActions: DocumentActionsResolver = (actions, {schemaType}) => {
  if (schemaType === 'siteSettings') {
    return actions
      .filter(({action}) => action !== undefined && settingsActions.has(action))
      .map((action) => (action.action === 'publish' ? publishOnce(action) : action))
  }
  return actions.flatMap((action) => {
    if (action.action === 'duplicate') return duplicateAfresh(action)
    if (action.action !== 'publish') return action
    const onSite = typesWithAddress.includes(schemaType) ? [viewOnSite, copyLink] : []
    if (schemaType !== 'article') return [publishOnce(action), ...onSite]
    return [publishOnce(action), markAsUpdated, addCorrection, retract, keepOldAddress, ...onSite]
  })
}
