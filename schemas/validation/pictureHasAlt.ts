import type {ValidationContext} from 'sanity'

import {isRecord} from '../untyped.ts'

/** A picture has words for readers who cannot see it, or is expressly decorative. */
export const pictureHasAlt = (value: string | undefined, {parent}: ValidationContext) =>
  !isRecord(parent) ||
  parent['asset'] === undefined ||
  parent['decorative'] === true ||
  Boolean(value?.trim()) ||
  'Say what the picture shows, or tick Decorative if it adds nothing to the text.'
