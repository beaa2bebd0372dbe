/** Document action: “Add correction”, in the menu of an article. */
import {EditIcon} from '@sanity/icons/Edit'
import {
  type DocumentActionComponent,
  isPublishedPerspective,
  useDocumentOperation,
  usePerspective,
} from 'sanity'
import {useDocumentPane} from 'sanity/structure'

import {randomKey} from './randomKey.ts'

/** Adds an empty correction, sets “last updated” to now and opens the correction for writing. */
export const addCorrection: DocumentActionComponent = ({id, type, published, scopeId}) => {
  const {patch} = useDocumentOperation(id, type, scopeId)
  const {onPathOpen} = useDocumentPane()
  const {selectedPerspective} = usePerspective()
  if (isPublishedPerspective(selectedPerspective)) return null
  return {
    label: 'Add correction',
    icon: EditIcon,
    disabled: !published || Boolean(patch.disabled),
    title: published ? 'Tell readers what was wrong' : 'This story is not live yet: just edit it',
    onHandle: () => {
      const key = randomKey()
      const madeAt = new Date().toISOString()
      const correction = {
        _key: key,
        _type: 'correction',
        kind: 'correction',
        madeAt,
        show: 'end',
      }
      patch.execute([
        {setIfMissing: {corrections: []}},
        {insert: {after: 'corrections[-1]', items: [correction]}},
        {set: {updatedAt: madeAt}},
      ])
      onPathOpen(['corrections', {_key: key}, 'text'])
    },
  }
}

addCorrection.displayName = 'AddCorrection'
