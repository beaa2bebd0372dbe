/** Functions of Sanity's services beyond one dataset: known by name, so that refusals name them. */
import {refused} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

const oneDataset = 'this lake answers from one dataset alone'

export const mediaFunctions: Namespace = {
  aspect: refused('asset, name', 'An aspect of a media library asset', 'there is no media library'),
}

export const documentsFunctions: Namespace = {
  get: refused('reference', 'The document of a global document reference', oneDataset),
  incomingRefCount: refused(
    '',
    'How many documents refer to `@`',
    'use count(*[references(^._id)])',
  ),
  incomingGlobalDocumentReferenceCount: refused('', 'How many global references', oneDataset),
}

export const userFunctions: Namespace = {
  attributes: refused(
    '',
    'Attributes of the user who runs the query',
    'users have no attributes here',
  ),
}
