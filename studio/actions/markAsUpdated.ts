/** Document action: “Mark as updated now”, in the menu of an article. */
import {ClockIcon} from '@sanity/icons/Clock'
import {
  type DocumentActionComponent,
  isPublishedPerspective,
  useDocumentOperation,
  usePerspective,
} from 'sanity'

/** Sets “last updated” to now; readers see it once the change is published. */
export const markAsUpdated: DocumentActionComponent = ({id, type, published, scopeId}) => {
  const {patch} = useDocumentOperation(id, type, scopeId)
  const {selectedPerspective} = usePerspective()
  if (isPublishedPerspective(selectedPerspective)) return null
  return {
    label: 'Mark as updated now',
    icon: ClockIcon,
    disabled: !published || Boolean(patch.disabled),
    title: published ? 'For changes that readers should know about' : 'This story is not live yet',
    onHandle: () => patch.execute([{set: {updatedAt: new Date().toISOString()}}]),
  }
}

markAsUpdated.displayName = 'MarkAsUpdated'
