/**
 * For every room that moves work off the serving thread (writer, scans, copies): a worker thread that
 * answers one task at a time, seen from the thread that started it. Tasks and replies are plain
 * values.
 */
import * as nodeModule from 'node:module'
import {isNativeError} from 'node:util/types'
import {type Transferable, Worker, type WorkerOptions} from 'node:worker_threads'

export interface Thread<Task, Reply> {
  /**
   * Sends the thread a task; one at a time.
   * @param options.isWaitedFor Keeps the process alive until the reply arrives.
   * @throws When the thread ends before it replies.
   */
  run(task: Task, options?: {readonly isWaitedFor?: boolean}): Promise<Reply>
  /** Whether it can take another task. */
  readonly isAlive: boolean
  /** Ends the thread at once, even in the middle of a task; resolves when it is gone. */
  end(): Promise<void>
}

export interface ThreadOptions {
  /** Path of the thread's main module. */
  readonly script: string
  /** `workerData`; the folder of the compile cache is added to it. */
  readonly data: object
  readonly mostMemoryMb: number
  /** How much of it is for new objects; more saves work where many objects live for a while. */
  readonly youngMemoryMb?: number
}

/** `workerData` of a thread. */
export type ThreadData<Data> = Data & {
  /** Folder of Node's compile cache, where the process has one. */
  readonly compileCache: string | undefined
}

/**
 * Node's options without those that name the program: `node --input-type=module --eval CODE` passes
 * `--input-type` on to its threads, which then cannot load a file.
 */
export const optionsForThreads = (options: readonly string[]): string[] => {
  const own = options.findIndex((option) => /^(?:-e|-p|-pe|--eval|--print)(?:=|$)/.test(option))
  const before = own === -1 ? options : options.slice(0, own)
  return before.filter((option) => !option.startsWith('--input-type'))
}

/**
 * A thread inherits the options of the process, including those of V8, which Node refuses if they
 * are passed explicitly (`--max-old-space-size=4096`). Only a program given on the command line has
 * options that its threads must not inherit; if it has options of V8 too, its threads get none.
 */
const startWorker = (script: string, options: WorkerOptions): Worker => {
  const execArgv = optionsForThreads(process.execArgv)
  if (execArgv.length === process.execArgv.length) return new Worker(script, options)
  try {
    return new Worker(script, {...options, execArgv})
  } catch (error) {
    const isOfV8 =
      isNativeError(error) && 'code' in error && error.code === 'ERR_WORKER_INVALID_EXEC_ARGV'
    if (!isOfV8) throw error
    return new Worker(script, {...options, execArgv: []})
  }
}

export const startThread = <Task, Reply>({
  script,
  data,
  mostMemoryMb,
  youngMemoryMb = 16,
}: ThreadOptions): Thread<Task, Reply> => {
  const worker = startWorker(script, {
    workerData: {...data, compileCache: nodeModule.getCompileCacheDir()},
    resourceLimits: {maxOldGenerationSizeMb: mostMemoryMb, maxYoungGenerationSizeMb: youngMemoryMb},
  })
  // A process that does not wait for a reply may exit.
  worker.unref()
  let isAlive = true
  let waiting: PromiseWithResolvers<Reply> | undefined
  const fail = (error: unknown): void => {
    isAlive = false
    waiting?.reject(error)
    waiting = undefined
  }
  worker.on('message', (reply: Reply) => {
    worker.unref()
    const asked = waiting
    waiting = undefined
    asked?.resolve(reply)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The thread has ended.')))
  return {
    run(task, {isWaitedFor = true} = {}) {
      if (!isAlive) return Promise.reject(new Error('The thread has ended.'))
      const {promise} = (waiting = Promise.withResolvers())
      if (isWaitedFor) worker.ref()
      const nothing: Transferable[] = []
      worker.postMessage(task, nothing)
      return promise
    },
    get isAlive() {
      return isAlive
    },
    async end() {
      await worker.terminate()
    },
  }
}

/** Whether a thread ended because a task needed more than its memory limit. */
export const isOutOfMemory = (error: unknown): boolean =>
  isNativeError(error) && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
