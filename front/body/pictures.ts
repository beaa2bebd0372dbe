/** Pictures in a story, one by one or as a gallery. */
import {pictureOf} from '../pictures.ts'
import type {Picture} from '../pictures.ts'
import type {BlockOf, StoryAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import {h} from '../view/element.ts'
import type {Element} from '../view/element.ts'
import {captionAndCredit} from './credit.ts'

type Figure =
  | BlockOf<'figure'>
  | NonNullable<NonNullable<BlockOf<'gallery'>['pictures']>[number]>
  | NonNullable<StoryAnswer['leadMedia']>

interface Options {
  /** Whether it is seen first: then it is loaded at once, others when they come near. */
  readonly isLead?: boolean
  readonly edited?: string | undefined
  /** Width divided by height, to cut the picture around its hotspot; otherwise its own. */
  readonly ratio?: number
}

/** A picture as an `img`. */
export const imageView = (
  {src, srcset, sizes, width, height, alt}: Picture,
  {isLead = false}: Pick<Options, 'isLead'> = {},
): Element =>
  h('img', {
    src,
    srcset: srcset === '' ? null : srcset,
    sizes: srcset === '' ? null : sizes,
    width,
    height,
    alt,
    loading: isLead ? null : 'lazy',
    fetchpriority: isLead ? 'high' : null,
    decoding: isLead ? null : 'async',
  })

/**
 * A picture with caption and credit. Without its picture, as an imported story may have it, caption
 * and credit remain; null without all three.
 */
export const figureView = (
  figure: Figure | null | undefined,
  context: ViewContext,
  {isLead = false, edited, ratio}: Options = {},
): Element | null => {
  if (figure === null || figure === undefined) return null
  const {imageBase, sizes, forEditors = false} = context
  const picture = pictureOf(figure, {
    imageBase,
    ...(sizes !== undefined && {sizes}),
    ...(ratio !== undefined && {ratio}),
  })
  const words = captionAndCredit(figure.caption, figure.credits)
  const missing = forEditors && h('div', {class: 'missing'}, 'The picture is missing')
  if (picture === null && words.length === 0 && missing === false) return null
  return h(
    'figure',
    {class: 'picture', 'data-sanity': edited},
    picture === null ? missing : imageView(picture, {isLead}),
    words.length > 0 && h('figcaption', {}, words),
  )
}

/** Several pictures as a list, with a caption for all. */
export const galleryView = (
  {_key: gallery, pictures, caption}: BlockOf<'gallery'>,
  context: ViewContext,
  edited: string | undefined,
): Element | null => {
  const figures = (pictures ?? []).flatMap((picture) => {
    const path = `body[_key=="${gallery ?? ''}"].pictures[_key=="${picture._key ?? ''}"]`
    const figure = figureView(picture, context, {edited: context.edit?.(path)})
    return figure === null ? [] : [h('li', {}, figure)]
  })
  if (figures.length === 0 && !caption) return null
  return h(
    'figure',
    {class: 'gallery', 'data-sanity': edited},
    figures.length > 0 && h('ul', {}, figures),
    caption && h('figcaption', {}, caption.trim()),
  )
}
