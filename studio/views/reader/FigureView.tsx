/** The “Preview” tab: a picture, either the lead picture or one in the story. */
import {
  createImageUrlBuilder,
  type SanityImageCrop,
  type SanityImageHotspot,
} from '@sanity/image-url'
import {useClient} from 'sanity'

import {isRecord, records, refOf, textOf} from '../../../schemas/untyped.ts'

interface Props {
  readonly figure: unknown
  readonly names: ReadonlyMap<string, string>
}

const hasNumbers = (value: unknown, names: readonly string[]): boolean =>
  isRecord(value) && names.every((name) => typeof value[name] === 'number')

const isCrop = (value: unknown): value is SanityImageCrop =>
  hasNumbers(value, ['top', 'bottom', 'left', 'right'])

const isHotspot = (value: unknown): value is SanityImageHotspot =>
  hasNumbers(value, ['x', 'y', 'width', 'height'])

/**
 * A picture with its caption and credit, cropped as for readers; a placeholder when it is missing.
 */
export const FigureView = ({figure, names}: Props) => {
  const client = useClient({apiVersion: '2025-02-19'})
  if (!isRecord(figure)) return null

  const asset = refOf(figure['asset'])
  const crop = isCrop(figure['crop']) ? figure['crop'] : undefined
  const hotspot = isHotspot(figure['hotspot']) ? figure['hotspot'] : undefined
  const credits = records(figure['credits'])
    .map((line) => textOf(line['text']) ?? names.get(refOf(line['credit']) ?? '') ?? '')
    .filter(Boolean)
    .join(', ')

  return (
    <figure>
      {asset ? (
        <img
          src={createImageUrlBuilder(client)
            .image({asset: {_ref: asset}, crop, hotspot})
            .width(1280)
            .fit('max')
            .auto('format')
            .url()}
          alt={figure['decorative'] === true ? '' : (textOf(figure['alt']) ?? '')}
        />
      ) : (
        <div className="missing">The picture is missing</div>
      )}
      <figcaption>{[textOf(figure['caption']), credits].filter(Boolean).join(' · ')}</figcaption>
    </figure>
  )
}
