/** Pictures of ANS, with their captions and the people that they credit. */
import {agencies} from '../../../seed/entities/agencies.ts'
import type {StoryInput} from '../../story/story.ts'
import {type AnsImage, image} from './ansModel.ts'

type Figure = NonNullable<StoryInput['lead']>

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
  const people = (own.credits ?? other?.credits)?.['by'] ?? []
  const names = people.flatMap(({name}) => name?.trim() || [])
  const affiliations = ((own.credits ?? other?.credits)?.['affiliation'] ?? []).flatMap(
    ({name}) => name?.trim() || [],
  )
  return [
    ...names.map((text) => ({text, kind: kindOf(text, 'photographer')})),
    ...affiliations.map((text) => ({text, kind: kindOf(text, 'organisation')})),
  ]
}

function kindOf<Kind extends 'photographer' | 'organisation'>(
  name: string,
  kind: Kind,
): Kind | 'agency' {
  return agencies.includes(name) ? 'agency' : kind
}
