/** Publish button: a hook that connects the publishing steps to the Studio and the lake. */
import {useMemo} from 'react'
import {
  DEFAULT_STUDIO_CLIENT_OPTIONS,
  getDraftId,
  useClient,
  useDocumentOperation,
  useDocumentStore,
} from 'sanity'

import type {PublishingDesk} from './publishWhenSettled.ts'
import {settled} from './settled.ts'
import {useFindings} from './useFindings.ts'

/** The Studio’s functions for publishing one document; usable after its form has closed. */
export const usePublishingDesk = (id: string, type: string): PublishingDesk => {
  const {pair} = useDocumentStore()
  const {commit, patch} = useDocumentOperation(id, type)
  const client = useClient(DEFAULT_STUDIO_CLIENT_OPTIONS)
  const findings = useFindings()

  return useMemo(() => {
    const followed = {
      state: pair.editState(id, type),
      isSaved: pair.consistencyStatus(id, type),
      save: () => {
        if (!commit.disabled) commit.execute()
      },
    }
    return {
      settled: (signal, isAwaited) => settled(followed, signal, isAwaited),
      findings,
      write: (patches) => patch.execute([...patches]),
      publish: async (draft, published, signal) => {
        await client.action(
          {
            actionType: 'sanity.action.document.publish',
            draftId: getDraftId(id),
            publishedId: id,
            ifDraftRevisionId: draft._rev,
            ...(published && {ifPublishedRevisionId: published._rev}),
          },
          {tag: 'document.publish', signal},
        )
      },
    }
  }, [id, type, pair, commit, patch, client, findings])
}
