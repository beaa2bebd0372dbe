/**
 * The way to sharp. It is loaded by the first image, so that a lake without images never pays for
 * it, and works on a few images at a time: each may hold hundreds of megabytes of pixels.
 */
import type {default as sharp, Sharp, SharpOptions} from 'sharp'

import {LakeError, tooManyRequests, unprocessable} from '../errors.ts'
import {IMAGE_TIMEOUT, MAX_IMAGE_JOBS, MAX_IMAGE_PIXELS, MAX_WAITING_IMAGE_JOBS} from '../limits.ts'

/** Opens an image with the lake's limits on pixels and time. */
export type OpenImage = (input: string | Uint8Array, options?: SharpOptions) => Sharp

export interface ImageLibrary {
  /**
   * Runs `work` when it is its turn.
   * @throws LakeError 422 when the image cannot be decoded, 429 when too many wait.
   */
  run<T>(work: (open: OpenImage) => Promise<T>): Promise<T>
}

/** libvips adds lines about every loader that it tried; the last one says what is wrong. */
const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? ''

export const createImageLibrary = (
  jobs = MAX_IMAGE_JOBS,
  waitingJobs = MAX_WAITING_IMAGE_JOBS,
): ImageLibrary => {
  let library: Promise<typeof sharp> | undefined
  let running = 0
  const waiting: (() => void)[] = []

  const turn = async (): Promise<void> => {
    if (running < jobs) {
      running += 1
      return
    }
    if (waiting.length >= waitingJobs) {
      throw tooManyRequests('Too many images are being processed; try again in a moment.')
    }
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
    })
  }

  /** Hands the turn to whoever waits longest. */
  const finish = (): void => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return {
    async run(work) {
      await turn()
      try {
        const open = await (library ??= import('sharp').then((module) => module.default))
        return await work((input, options) =>
          open(input, {limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'error', ...options}).timeout({
            seconds: IMAGE_TIMEOUT / 1000,
          }),
        )
      } catch (error) {
        if (error instanceof LakeError) throw error
        throw unprocessable(`The image cannot be processed: ${reason(error)}.`)
      } finally {
        finish()
      }
    },
  }
}
