/**
 * Processes images in separate processes, which are ended when an image takes too long, when no client
 * waits for it any more, and when they are idle.
 */
import type {JsonObject} from '../../core/document.ts'
import {LakeError, tooManyRequests, unprocessable} from '../../core/errors.ts'
import {
  IMAGE_PATIENCE,
  IMAGE_PROCESS_IDLE_TIME,
  IMAGE_TIMEOUT,
  MAX_IMAGE_JOBS,
  MAX_IMAGE_PROCESS_BYTES,
  MAX_SLOW_IMAGES,
  MAX_VECTOR_JOBS,
  MAX_WAITING_IMAGE_JOBS,
  MAX_WAITING_IMAGE_JOBS_OF_CLIENT,
  MAX_WAITING_VECTOR_JOBS,
  SLOW_IMAGE_MEMORY,
  UNWANTED_IMAGE_TIME,
  VECTOR_TIMEOUT,
} from '../../core/limits.ts'
import type {ImageFormat} from '../images/imageFormat.ts'
import type {RenderJob} from '../images/renderImage.ts'
import {type ImageProcess, startImageProcess} from './imageProcess.ts'
import {createImageQueue, type QueueLimits, wentAway} from './imageQueue.ts'
import type {
  ImageHeader,
  ImageOrder,
  ImageReply,
  ImageSize,
  ImageTask,
  MetadataKind,
} from './imageTask.ts'
import {createSlowImages} from './slowImages.ts'

/** The client that waits for the result. */
export interface Waiter {
  /** Identifies the client that asked first. */
  readonly client: string
  /** Aborted when no client waits any more. */
  readonly signal: AbortSignal
}

export interface ImageSource extends Waiter {
  readonly path: string
  readonly format: ImageFormat
  /** Hash of the image's bytes. */
  readonly sha1: string
}

/** Each throws LakeError: 422 when the image is damaged or takes too long, 429 when too many wait. */
export interface ImageLibrary {
  header(image: ImageSource): Promise<ImageHeader>
  /** Metadata from the pixels and EXIF data. */
  metadata(image: ImageSource, size: ImageSize, kinds: readonly MetadataKind[]): Promise<JsonObject>
  render(image: ImageSource, job: Omit<RenderJob, 'path' | 'format'>): Promise<Uint8Array>
  /** Ids of the running processes. */
  readonly processes: readonly number[]
  close(): void
}

export interface ImageLimits extends QueueLimits {
  /** Milliseconds of processor time, without the start of the process. */
  readonly timeout: number
  readonly vectorTimeout: number
  /** Maximum bytes of a process. */
  readonly memory: number
  readonly unwantedTime: number
  readonly idleTime: number
}

const LIMITS: ImageLimits = {
  timeout: IMAGE_TIMEOUT,
  vectorTimeout: VECTOR_TIMEOUT,
  memory: MAX_IMAGE_PROCESS_BYTES,
  unwantedTime: UNWANTED_IMAGE_TIME,
  idleTime: IMAGE_PROCESS_IDLE_TIME,
  jobs: MAX_IMAGE_JOBS,
  vectorJobs: MAX_VECTOR_JOBS,
  waitingJobs: MAX_WAITING_IMAGE_JOBS,
  waitingVectorJobs: MAX_WAITING_VECTOR_JOBS,
  waitingJobsOfClient: MAX_WAITING_IMAGE_JOBS_OF_CLIENT,
  patience: IMAGE_PATIENCE,
}

export const createImageLibrary = (given: Partial<ImageLimits> = {}): ImageLibrary => {
  const limits = {...LIMITS, ...given}
  const queue = createImageQueue(limits)
  const slow = {
    vector: createSlowImages(limits.vectorTimeout, SLOW_IMAGE_MEMORY, MAX_SLOW_IMAGES, Date.now),
    pixels: createSlowImages(limits.timeout, SLOW_IMAGE_MEMORY, MAX_SLOW_IMAGES, Date.now),
  }
  const processes = new Set<ImageProcess>()
  const idle: ImageProcess[] = []
  let idleTimer: NodeJS.Timeout | undefined
  let isClosed = false

  const drop = (process: ImageProcess): void => {
    processes.delete(process)
    process.end()
  }

  const acquire = (): ImageProcess => {
    clearTimeout(idleTimer)
    for (let rested = idle.pop(); rested !== undefined; rested = idle.pop()) {
      if (rested.isAlive) return rested
      processes.delete(rested)
    }
    const started = startImageProcess()
    processes.add(started)
    return started
  }

  const release = (process: ImageProcess): void => {
    if (isClosed || !process.isAlive) return drop(process)
    idle.push(process)
    clearTimeout(idleTimer)
    idleTimer = setTimeout(() => idle.splice(0).forEach(drop), limits.idleTime).unref()
  }

  const perform = async (
    task: ImageTask,
    {sha1, client, signal}: ImageSource,
  ): Promise<ImageReply> => {
    const isVector = task.format.support === 'vector'
    // An SVG is slow at every size; whether another image is slow depends on the task.
    const key = isVector ? sha1 : `${sha1} ${JSON.stringify({...task, path: ''})}`
    const limit = isVector ? limits.vectorTimeout : limits.timeout
    const known = isVector ? slow.vector : slow.pixels
    if (known.has(key)) throw tooSlow(limit)
    const entry = {isVector, client}
    await queue.enter(entry, signal)
    // Another request may have found it too slow while this one was waiting.
    if (isClosed || known.has(key)) {
      queue.leave(entry)
      throw isClosed ? closed() : tooSlow(limit)
    }
    const process = acquire()
    try {
      await process.ready
      const {memory, unwantedTime} = limits
      const order = {task, limit, memory}
      const reply = await inTime(process, order, {unwantedTime, signal}, (spent) =>
        known.add(key, spent),
      )
      known.remove(key)
      return reply
    } catch (error) {
      if (isClosed) throw closed()
      throw error
    } finally {
      release(process)
      queue.leave(entry)
    }
  }

  const run = async (task: ImageTask, image: ImageSource): Promise<ImageReply> => {
    const reply = await perform(task, image)
    if (reply.kind !== 'refused') return reply
    throw unprocessable(`The image cannot be processed: ${reply.message}.`)
  }

  return {
    async header(image) {
      const {path, format} = image
      const reply = await run({kind: 'header', path, format}, image)
      if (reply.kind === 'header') return reply.header
      throw unexpected(reply)
    },
    async metadata(image, size, kinds) {
      const {path, format} = image
      const reply = await run({kind: 'metadata', path, format, size, kinds}, image)
      if (reply.kind === 'metadata') return reply.metadata
      throw unexpected(reply)
    },
    async render(image, job) {
      const {path, format} = image
      const reply = await run({kind: 'render', ...job, path, format}, image)
      if (reply.kind === 'image') return reply.bytes
      throw unexpected(reply)
    },
    get processes() {
      return [...processes].flatMap(({pid, isAlive}) => (isAlive && pid !== undefined ? [pid] : []))
    },
    close: () => {
      isClosed = true
      clearTimeout(idleTimer)
      for (const process of processes) drop(process)
    },
  }
}

interface Deadline {
  readonly unwantedTime: number
  readonly signal: AbortSignal
}

/**
 * Runs a task, or ends the process: at the time limit, or soon after the last client has gone.
 * @param waste Called with the milliseconds that were spent without a result.
 */
const inTime = async (
  process: ImageProcess,
  order: ImageOrder,
  {unwantedTime, signal}: Deadline,
  waste: (spent: number) => void,
): Promise<ImageReply> => {
  const {limit} = order
  const begun = performance.now()
  const spent = (): number => performance.now() - begun
  let isLate = false
  const late = setTimeout(() => {
    isLate = true
    process.end()
  }, BUSY_FACTOR * limit)
  let unwanted: NodeJS.Timeout | undefined
  const abandon = (): void => {
    // A new task gets a little time to finish, because a new process costs more than an image.
    unwanted = setTimeout(process.end, Math.max(0, unwantedTime - spent()))
  }
  if (signal.aborted) abandon()
  else signal.addEventListener('abort', abandon)
  try {
    const reply = await process.run(order)
    if (reply.kind !== 'late' && reply.kind !== 'large') return reply
    waste(limit)
    throw reply.kind === 'late' ? tooSlow(limit) : tooLarge()
  } catch (error) {
    if (error instanceof LakeError) throw error
    waste(signal.aborted && !isLate ? spent() : limit)
    if (isLate) throw tooSlow(limit)
    // The process ended by itself: its decoder crashed, or needed too much memory.
    throw signal.aborted ? wentAway() : tooLarge()
  } finally {
    clearTimeout(late)
    clearTimeout(unwanted)
    signal.removeEventListener('abort', abandon)
  }
}

/** Real time may exceed processor time by this factor, on a busy machine. */
const BUSY_FACTOR = 4

const tooLarge = (): Error =>
  unprocessable('The image cannot be processed: it needs too much memory, or its decoder crashed.')

const tooSlow = (limit: number): Error =>
  unprocessable(`The image cannot be processed: it takes longer than ${limit / 1000} seconds.`)

const closed = (): Error => tooManyRequests('The lake is closing.', 5)

const unexpected = ({kind}: ImageReply): Error =>
  new Error(`The image process sent an unexpected reply: "${kind}".`)
