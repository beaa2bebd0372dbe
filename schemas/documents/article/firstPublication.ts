/**
 * “First published” of an article: the time that is filled in when it goes out. Publish, releases and
 * the form all ask here.
 */
type Fields = Readonly<Record<string, unknown>>

/**
 * The time when an editor publishes: the one in the draft, or the one that readers know, or now. The
 * published document counts because a draft older than the release that published the story has none.
 */
export const firstPublicationOnPublish = (
  draft: Fields,
  published: Fields | null,
  now: Date,
): unknown => draft['firstPublishedAt'] || (published?.['firstPublishedAt'] ?? now.toISOString())

/**
 * The time when a release publishes the story. The time that readers know stays. A story that they
 * have never seen gets the time of the release, unless its own is in the past, as in an archive. A
 * published story that waits for its own time keeps it.
 * @param own what the version says
 * @param known what the published document says; undefined while there is none
 */
export const firstPublicationInRelease = (
  own: string | null,
  known: string | null | undefined,
  release: Date,
  now: Date,
): string => {
  const isPast = (time: string): boolean => Date.parse(time) <= now.getTime()
  if (known) return isPast(known) ? known : (own ?? known)
  return own && isPast(own) ? own : release.toISOString()
}
