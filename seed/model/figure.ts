/** A picture with the words that go with it. One without `asset` keeps the words of a lost one. */
import {z} from 'zod'

import {creditLine} from './creditLine.ts'
import {keyed} from './keyed.ts'
import {referenceTo} from './reference.ts'

/** What Sanity keeps of any image. */
export const imageFields = {
  asset: referenceTo('sanity.imageAsset').optional(),
  media: z.unknown().optional(),
  hotspot: z
    .strictObject({
      _type: z.literal('sanity.imageHotspot'),
      x: z.number(),
      y: z.number(),
      height: z.number(),
      width: z.number(),
    })
    .optional(),
  crop: z
    .strictObject({
      _type: z.literal('sanity.imageCrop'),
      top: z.number(),
      bottom: z.number(),
      left: z.number(),
      right: z.number(),
    })
    .optional(),
}

export const figure = z.strictObject({
  _type: z.literal('figure'),
  ...imageFields,
  alt: z.string().optional(),
  decorative: z.boolean().optional(),
  caption: z.string().min(1).optional(),
  credits: z.array(keyed(creditLine)).min(1).optional(),
  sourceText: z.string().min(1).optional(),
})

export type Figure = z.infer<typeof figure>
