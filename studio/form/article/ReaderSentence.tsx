/** The form of an article: what readers see of it, in the first line. */
import {Card, Stack, Text} from '@sanity/ui'
import {
  getPublishedId,
  getVersionFromId,
  useActiveReleases,
  useDocumentVersions,
  useEditState,
} from 'sanity'

import {readerState, waitingSentences} from '../../../schemas/documents/article/readerState.ts'
import {toneOf} from '../../badges/badgeColours.ts'
import {useNow} from '../../useNow.ts'

/**
 * What readers see of an article now, and what a draft or a release would change.
 * @param id of the document in the form, which may be a draft or a version
 */
export const ReaderSentence = ({id}: {readonly id: string}) => {
  const publishedId = getPublishedId(id)
  const {draft, published, ready} = useEditState(publishedId, 'article')
  const versions = useDocumentVersions({documentId: publishedId}).data
  const releases = useActiveReleases().data
  const now = useNow()
  if (!ready) return null

  const {name, sentence} = readerState(published ?? draft ?? {}, published !== null, now)
  const waiting = waitingSentences(
    {
      published,
      draft,
      releases: releases
        .filter((release) => versions.some((one) => getVersionFromId(one) === release.name))
        .map(({metadata, publishAt}) => ({
          title: metadata.title ?? 'Untitled',
          publishAt: publishAt ?? metadata.intendedPublishAt,
        })),
    },
    now,
  )
  return (
    <Card
      border
      padding={3}
      radius={2}
      tone={toneOf(name) ?? 'transparent'}
      data-testid="reader-sentence"
    >
      <Stack gap={3} aria-live="polite">
        <Text size={1} weight="medium">
          {sentence}
        </Text>
        {waiting.map((text) => (
          <Text key={text} size={1} muted>
            {text}
          </Text>
        ))}
      </Stack>
    </Card>
  )
}
