import {readFile} from 'node:fs/promises'

import type {Sharp, SharpOptions} from 'sharp'

import type {ImageFormat} from './imageFormat.ts'

/** Opens an image with the lake's limit on pixels. */
export type OpenImage = (input: string | Uint8Array, options?: SharpOptions) => Sharp

/** An SVG is read into memory, so that nothing beside it on disk can be drawn into it. */
export const imageInput = async (
  path: string,
  format: ImageFormat,
): Promise<string | Uint8Array> => (format.support === 'vector' ? await readFile(path) : path)
