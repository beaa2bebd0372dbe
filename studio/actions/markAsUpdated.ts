import {ClockIcon} from '@sanity/icons/Clock'
import {
  type DocumentActionComponent,
  isPublishedPerspective,
  useDocumentOperation,
  usePerspective,
} from 'sanity'

/** Dates the story by the present moment; readers see it once the change is published. */
export const markAsUpdated: DocumentActionComponent = ({id, type, published, scopeId}) => {
  const {patch} = useDocumentOperation(id, type, scopeId)
  const {selectedPerspective} = usePerspective()
  if (isPublishedPerspective(selectedPerspective)) return null
  return {
    label: 'Mark as updated now',
    icon: ClockIcon,
    disabled: !published || Boolean(patch.disabled),
    title: published
      ? 'For changes that readers should know of'
      : 'Readers have not seen the story yet',
    onHandle: () => patch.execute([{set: {updatedAt: new Date().toISOString()}}]),
  }
}

markAsUpdated.displayName = 'MarkAsUpdated'
