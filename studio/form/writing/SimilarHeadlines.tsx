/** The form of an article: a quiet hint below the headline that a story like it is out. */
import {Stack, Text} from '@sanity/ui'
import {useEffect, useState} from 'react'
import {DEFAULT_STUDIO_CLIENT_OPTIONS, getPublishedId, useClient, useFormValue} from 'sanity'
import {IntentLink} from 'sanity/router'

import {records, textOf} from '../../../schemas/untyped.ts'
import {similarOf, similarQuery} from './similarHeadlines.ts'

/** Milliseconds without a keystroke before the search. */
const REST = 700

interface Similar {
  readonly id: string
  readonly headline: string
}

/** Looks once the writer rests. A search that fails shows nothing: this is only a hint. */
const useSimilar = (headline: string, id: string): readonly Similar[] => {
  const client = useClient(DEFAULT_STUDIO_CLIENT_OPTIONS)
  const [found, setFound] = useState<readonly Similar[]>([])
  useEffect(() => {
    const search = similarQuery(headline, id, new Date())
    const stopped = new AbortController()
    const look = async (): Promise<void> => {
      const answer = search
        ? await client.fetch<unknown>(search.query, search.params, {
            perspective: 'published',
            signal: stopped.signal,
          })
        : []
      const rows = records(answer).map((row) => ({
        id: textOf(row['_id']) ?? '',
        headline: textOf(row['headline']) ?? '',
      }))
      setFound(similarOf(headline, rows))
    }
    const timer = setTimeout(() => void look().catch(() => undefined), REST)
    return () => {
      clearTimeout(timer)
      stopped.abort()
    }
  }, [client, headline, id])
  return found
}

/** Links to at most three published stories with a similar headline. */
export const SimilarHeadlines = ({headline}: {readonly headline: string}) => {
  const id = getPublishedId(textOf(useFormValue(['_id'])) ?? '')
  const similar = useSimilar(headline, id)
  if (similar.length === 0) return null
  return (
    <Stack gap={2} data-testid="similar-headlines">
      {similar.map((story) => (
        <Text key={story.id} muted size={1}>
          Already published:{' '}
          <IntentLink intent="edit" params={{id: story.id, type: 'article'}} target="_blank">
            {story.headline}
          </IntentLink>
        </Text>
      ))}
    </Stack>
  )
}
