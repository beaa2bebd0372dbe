/** A hook for lists of our own: the answer to a query, kept current as documents change. */
import {useEffect, useState} from 'react'
import {type QueryParams, useDocumentStore} from 'sanity'

interface Listening {
  /** As the lake answered it; undefined before the first answer. */
  readonly answer: unknown
  /** Why there is no current answer. The last one stays. */
  readonly error: Error | undefined
}

/**
 * Asks a query, and again whenever a document that it concerns has changed. New parameters keep the
 * last answer until theirs arrives.
 */
export const useListening = (
  query: string,
  params: QueryParams,
  perspective: 'raw' | 'drafts' | 'published',
): Listening => {
  const {listenQuery} = useDocumentStore()
  const [listening, setListening] = useState<Listening>({answer: undefined, error: undefined})
  const key = JSON.stringify(params)

  useEffect(() => {
    const subscription = listenQuery(query, JSON.parse(key), {
      apiVersion: '2025-02-19',
      perspective,
      throttleTime: 1000,
    }).subscribe({
      next: (answer: unknown) => setListening({answer, error: undefined}),
      error: (error: Error) => setListening((last) => ({...last, error})),
    })
    return () => subscription.unsubscribe()
  }, [listenQuery, query, key, perspective])
  return listening
}
