/** The form: the browser asks before an editor leaves text that the lake does not have yet. */
import {useEffect} from 'react'
import {getPublishedId, getVersionFromId, useDocumentSyncState} from 'sanity'

interface Props {
  /** Of the document in the form, which may be a draft or a version. */
  readonly id: string
  readonly type: string
}

const ask = (event: BeforeUnloadEvent): void => event.preventDefault()

/**
 * Only while the lake cannot be reached. Otherwise what is typed is saved within a second, and a
 * question would be in the way.
 */
export const AskBeforeLeaving = ({id, type}: Props) => {
  const state = useDocumentSyncState(getPublishedId(id), type, getVersionFromId(id))
  const isSaved = state === 'synced'
  useEffect(() => {
    if (isSaved) return undefined
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [isSaved])
  return null
}
