import {EditIcon} from '@sanity/icons/Edit'
import {
  type DocumentActionComponent,
  isPublishedPerspective,
  useDocumentOperation,
  usePerspective,
} from 'sanity'
import {useDocumentPane} from 'sanity/structure'

import {randomKey} from './randomKey.ts'

/** Begins a correction, dates the story by it and opens it for writing. */
export const addCorrection: DocumentActionComponent = ({id, type, published, scopeId}) => {
  const {patch} = useDocumentOperation(id, type, scopeId)
  const {onPathOpen} = useDocumentPane()
  const {selectedPerspective} = usePerspective()
  if (isPublishedPerspective(selectedPerspective)) return null
  return {
    label: 'Add correction',
    icon: EditIcon,
    disabled: !published || Boolean(patch.disabled),
    title: published
      ? 'Tell readers what was wrong'
      : 'Readers have not seen the story yet: mend it instead',
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
