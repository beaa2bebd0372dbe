/** Rules about pictures: alternative text, credits, and pictures that an archive lost. */
import type {ImageValue, ValidationContext} from 'sanity'

import {isRecord, refOf} from '../untyped.ts'
import {rawClient} from './dataset.ts'

/**
 * An archive may lose a picture and keep its caption. This is allowed, but an editor should look
 * for it.
 */
export const figureHasPicture = (value: ImageValue | undefined) =>
  value === undefined ||
  value.asset !== undefined ||
  'The picture itself is missing: upload it, or remove this entry.'

/** A picture has words for readers who cannot see it, or is marked as decorative. */
export const pictureHasAlt = (value: string | undefined, {parent}: ValidationContext) =>
  !isRecord(parent) ||
  parent['asset'] === undefined ||
  parent['decorative'] === true ||
  Boolean(value?.trim()) ||
  'Describe the picture, or turn on Decorative.'

/** Screen readers read both: the same words twice help nobody. */
export const altIsNotCaption = (value: string | undefined, {parent}: ValidationContext) =>
  !value ||
  !isRecord(parent) ||
  typeof parent['caption'] !== 'string' ||
  value.trim().toLowerCase() !== parent['caption'].trim().toLowerCase() ||
  'Describe what the picture shows: screen readers read the caption as well.'

const extension = /\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$/i

const bare = (name: string): string => name.trim().toLowerCase().replace(extension, '')

/** A file name describes nothing. */
export const altIsNotFileName = async (value: string | undefined, context: ValidationContext) => {
  const asset = isRecord(context.parent) ? refOf(context.parent['asset']) : undefined
  if (!value || !asset) return true
  const fileName = await rawClient(context).fetch<string | null>(
    '*[_id == $asset][0].originalFilename',
    {asset},
  )
  return (
    (!extension.test(value.trim()) && bare(value) !== bare(fileName ?? '')) ||
    'Describe what the picture shows: this is the name of its file.'
  )
}

const announcement =
  /^\s*(an?\s+|the\s+)?(image|photo|photograph|picture|screenshot)\s+(of|showing)\b/i

/** Screen readers announce a picture as one. */
export const altDoesNotSayPicture = (value: string | undefined) =>
  !value ||
  !announcement.test(value) ||
  'Leave out words such as “Photo of”: screen readers already say that it is a picture.'

/** A picture is never shown without its credit, with or without a caption. */
export const pictureHasCredit = (value: unknown[] | undefined, {parent}: ValidationContext) =>
  !isRecord(parent) ||
  parent['asset'] === undefined ||
  Boolean(value?.length) ||
  'Credit the picture: add at least one line under Credits.'

/** An imported caption may name an unknown agency: an editor should find out which. */
export const lostPictureHasCredit = (value: unknown[] | undefined, {parent}: ValidationContext) =>
  !isRecord(parent) ||
  parent['asset'] !== undefined ||
  Boolean(value?.length) ||
  'Nobody is credited: find out whose picture this was before you upload it.'
