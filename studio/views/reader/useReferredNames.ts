/** The “Preview” tab: a hook that loads the names of what the story refers to. */
import {useEffect, useState} from 'react'
import {useClient} from 'sanity'

const namesQuery = `*[_id in $ids]{_id, "name": coalesce(creditText, name, headline)}`

/** Every id that a value refers to, at any depth. */
const referredIds = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(referredIds)
  if (typeof value !== 'object' || value === null) return []
  if ('_ref' in value && typeof value._ref === 'string') return [value._ref]
  return Object.values(value).flatMap(referredIds)
}

/** The names of the authors, topics and credits that a document refers to, by id. */
export const useReferredNames = (document: unknown): ReadonlyMap<string, string> => {
  const client = useClient({apiVersion: '2025-02-19'})
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const ids = [...new Set(referredIds(document))].toSorted().join()

  useEffect(() => {
    const abort = new AbortController()
    client
      .withConfig({perspective: 'drafts'})
      .fetch<{_id: string; name: string | null}[]>(
        namesQuery,
        {ids: ids.split(',')},
        {signal: abort.signal},
      )
      .then((found) => setNames(new Map(found.map(({_id, name}) => [_id, name ?? '']))))
      // A name that cannot be loaded is left out; the next change tries again.
      .catch(() => undefined)
    return () => abort.abort()
  }, [client, ids])

  return names
}
