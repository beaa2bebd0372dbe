/** The blocks of a story's body that are not text: pictures, recordings, posts, archived blocks. */
import type {Figure, NewsBody} from '../../seed/model/seedDocument.ts'
import type {StoryFigure} from '../story/story.ts'
import type {EmbedPart} from './part.ts'
import {plainWords} from './textBlock.ts'

type Member<Type extends NewsBody[number]['_type']> = Extract<NewsBody[number], {_type: Type}>

/** Credits are documents, so they are added where documents are made. */
export function figureBlock({address, alt, caption}: StoryFigure): Figure {
  return {
    _type: 'figure',
    ...(alt !== undefined && alt !== '' && {alt}),
    ...(caption && {caption}),
    sourceAddress: address,
  }
}

interface Archived {
  readonly kind: string
  readonly text: string
  readonly source: string
  readonly pointer: string
}

export function archivedBlock(
  key: string,
  {kind, text, source, pointer}: Archived,
): Member<'archivedBlock'> {
  const words = text.trim()
  return {
    _type: 'archivedBlock',
    _key: key,
    kind,
    ...(words && {text: words}),
    source,
    pointer,
  }
}

const VIDEO = {
  youtube: 'YouTube video',
  vimeo: 'Vimeo video',
  dailymotion: 'Dailymotion video',
  own: 'Video',
} as const

const AUDIO = {
  spotify: 'Spotify recording',
  apple: 'Apple Podcasts recording',
  soundcloud: 'SoundCloud recording',
  own: 'Recording',
} as const

/**
 * A video, a sound recording, or a post on a social network, which has no caption. A recording
 * without a title of its own gets a general one: “YouTube video”.
 */
export function embedBlock(
  key: string,
  part: EmbedPart,
  caption: string,
): Member<'video'> | Member<'audio'> | Member<'socialPost'> {
  const {url} = part
  const title = plainWords(part.title ?? '')
  const below = caption && {caption}
  if (part.form === 'social') {
    const text = plainWords(part.text ?? '')
    return {_type: 'socialPost', _key: key, provider: part.provider, url, ...(text && {text})}
  }
  if (part.form === 'video') {
    const {provider} = part
    return {_type: 'video', _key: key, provider, title: title || VIDEO[provider], url, ...below}
  }
  const {provider} = part
  return {_type: 'audio', _key: key, provider, title: title || AUDIO[provider], url, ...below}
}
