/** Pictures of ANS, with their captions and the people that they credit. */
import {agencyOr} from '../../../seed/entities/agencies.ts'
import type {StoryInput} from '../../story/story.ts'
import {type AnsImage, image} from './ansModel.ts'

export type Figure = NonNullable<StoryInput['lead']>

/** Undefined for anything but a picture with an address. What a figure has no field for is kept. */
export function pictureOf(
  value: unknown,
  imageById: (id: string) => AnsImage | undefined,
  keep: (key: string, value: string) => unknown,
  key: string,
): Figure | undefined {
  const found = image.safeParse(value)
  if (!found.success) return undefined
  const own = found.data
  const other = own.url || !own._id ? undefined : imageById(own._id)
  const address = own.url ?? other?.url
  if (!address) return undefined
  const [caption, alt] = [own.caption ?? other?.caption, own.alt_text ?? other?.alt_text]
  const subtitle = own.subtitle ?? other?.subtitle
  if (subtitle) keep(`${key}.subtitle`, subtitle)
  return {
    address,
    ...(alt?.trim() && {alt: alt.trim()}),
    ...(caption?.trim() && {caption: caption.trim()}),
    credits: creditsOf(own, other),
  }
}

function creditsOf(own: AnsImage, other: AnsImage | undefined): NonNullable<Figure['credits']> {
  const credits = own.credits ?? other?.credits
  const named = (role: string): string[] =>
    (credits?.[role] ?? []).flatMap(({name}) => name?.trim() || [])
  return [
    ...named('by').map((text) => ({text, kind: agencyOr(text, 'photographer')})),
    ...named('affiliation').map((text) => ({text, kind: agencyOr(text, 'organisation')})),
  ]
}
