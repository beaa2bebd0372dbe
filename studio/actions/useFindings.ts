/** Publishing: a hook for the checks that a document must pass before it goes out. */
import type {SanityDocument} from '@sanity/client'
import {useCallback} from 'react'
import {isValidationErrorMarker, useCurrentUser, useWorkspace, validateDocument} from 'sanity'

/**
 * A function that gives the problems of a document, in words for its editor; none when it may be
 * published. It throws the signal's reason when aborted.
 */
export const useFindings = () => {
  const workspace = useWorkspace()
  const currentUser = useCurrentUser()
  return useCallback(
    async (document: SanityDocument, signal?: AbortSignal): Promise<string[]> => {
      const markers = await validateDocument({
        document,
        workspace,
        environment: 'studio',
        currentUser,
        ...(signal && {signal}),
      })
      signal?.throwIfAborted()
      return markers.filter(isValidationErrorMarker).map(({message}) => message)
    },
    [workspace, currentUser],
  )
}
