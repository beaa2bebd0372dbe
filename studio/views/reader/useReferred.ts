/** The “Preview” tab: a hook that loads what the story refers to. */
import {useEffect, useState} from 'react'
import {useClient} from 'sanity'

/** The documents, and those that they need themselves: the publisher of a work. */
const referredQuery = `*[_id in $ids || _id in *[_id in $ids].publisher._ref]`

/** Every id that a value refers to, at any depth. */
const referredIds = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(referredIds)
  if (typeof value !== 'object' || value === null) return []
  if ('_ref' in value && typeof value._ref === 'string') return [value._ref]
  return Object.values(value).flatMap(referredIds)
}

type Documents = readonly Readonly<Record<string, unknown>>[]

/** The authors, topics, credits, pictures and stories that a document refers to. */
export const useReferred = (document: unknown): Documents => {
  const client = useClient({apiVersion: '2025-02-19'})
  const [documents, setDocuments] = useState<Documents>([])
  const ids = [...new Set(referredIds(document))].toSorted().join()

  useEffect(() => {
    const abort = new AbortController()
    client
      .withConfig({perspective: 'drafts'})
      .fetch<Documents>(referredQuery, {ids: ids.split(',')}, {signal: abort.signal})
      .then(setDocuments)
      // A document that cannot be loaded is left out; the next change tries again.
      .catch(() => undefined)
    return () => abort.abort()
  }, [client, ids])

  return documents
}
