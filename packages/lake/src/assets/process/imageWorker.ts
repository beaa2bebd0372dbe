/**
 * The program that runs in an image process, see imageProcess.ts. Decoders are C and Rust code, which
 * cannot be interrupted and should not handle untrusted files in the lake's own process.
 */
import sharp from 'sharp'

import {MAX_IMAGE_PIXELS} from '../../core/limits.ts'
import {metadataOf, readHeader} from '../images/imagePixels.ts'
import {type OpenImage, renderImage} from '../images/renderImage.ts'
import {type ImageOrder, type ImageReply, type ImageTask, READY} from './imageTask.ts'

/** Opens an image with the lake's limit on pixels. */
const open: OpenImage = (input, options) =>
  sharp(input, {limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'error', ...options})

const work = async (task: ImageTask): Promise<ImageReply> => {
  switch (task.kind) {
    case 'header':
      return {kind: 'header', header: await readHeader(open, task)}
    case 'metadata':
      return {kind: 'metadata', metadata: await metadataOf(open, task)}
    case 'render':
      return {kind: 'image', bytes: await renderImage(open, task)}
  }
}

/** libvips adds a line for every loader that it tried; the last one names the problem. */
const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? ''

/** Not `process.exit`, which waits for the threads of a decoder, and those may never end. */
const end = (): void => {
  process.kill(process.pid, 'SIGKILL')
}

/** Interval of the checks of time and memory, in milliseconds. */
const WATCH = 50

/** The limit that an order has exceeded. */
const excess = (
  {limit, memory}: ImageOrder,
  begun: NodeJS.CpuUsage,
): 'late' | 'large' | undefined => {
  const {user, system} = process.cpuUsage(begun)
  if ((user + system) / 1000 > limit) return 'late'
  return process.memoryUsage.rss() > memory ? 'large' : undefined
}

const answer = async (order: ImageOrder): Promise<void> => {
  const begun = process.cpuUsage()
  const watch = setInterval(() => {
    const kind = excess(order, begun)
    if (kind === undefined) return
    clearInterval(watch)
    process.send?.({kind}, undefined, undefined, end)
  }, WATCH)
  let reply: ImageReply
  try {
    reply = await work(order.task)
  } catch (error) {
    reply = {kind: 'refused', message: reason(error)}
  }
  clearInterval(watch)
  process.send?.(reply)
}

// The same image seldom comes twice in a row, and the lake caches results.
sharp.cache(false)
process.on('message', (order: ImageOrder) => void answer(order))
process.on('disconnect', end)
process.send?.(READY)
