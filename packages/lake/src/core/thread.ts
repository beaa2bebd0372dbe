import {getCompileCacheDir} from 'node:module'
import {extname} from 'node:path'
import {type Transferable, Worker} from 'node:worker_threads'

/**
 * One thread that answers tasks one by one, seen from the one that started it. What goes there and
 * comes back are plain values.
 */
export interface Thread<Task, Reply> {
  /**
   * Gives the thread a task; one at a time.
   * @param options.isWaitedFor Keeps the process alive until there is an answer.
   * @throws When the thread ends before it has answered.
   */
  run(task: Task, options?: {readonly isWaitedFor?: boolean}): Promise<Reply>
  /** Whether it can take another task. */
  readonly isAlive: boolean
  /** Ends it at once, whatever it does; resolves when it is gone. */
  end(): Promise<void>
}

export interface ThreadOptions {
  /** The module that the thread begins with, without its extension, as seen from `base`. */
  readonly script: string
  /** `import.meta` of the starting module. */
  readonly base: ImportMeta
  /** `workerData`; the folder of compiled modules is put beside it. */
  readonly data: object
  readonly mostMemoryMb: number
  /** Of that for what is new: more of it spares work where much lives for a while. */
  readonly youngMemoryMb?: number
}

/** `workerData` of a thread. */
export type ThreadData<Data> = Data & {
  /** Folder of compiled modules, where the process has one. */
  readonly compileCache: string | undefined
}

/**
 * Node's options but for those that say what the program is: `node --input-type=module --eval CODE`
 * gives `--input-type` to its threads, which then refuse to load a file.
 */
export const optionsForThreads = (options: readonly string[]): string[] => {
  const own = options.findIndex((option) => /^(?:-e|-p|-pe|--eval|--print)(?:=|$)/.test(option))
  const before = own === -1 ? options : options.slice(0, own)
  return before.filter((option) => !option.startsWith('--input-type'))
}

export const startThread = <Task, Reply>({
  script,
  base,
  data,
  mostMemoryMb,
  youngMemoryMb = 16,
}: ThreadOptions): Thread<Task, Reply> => {
  // TypeScript in a checkout, JavaScript in the package.
  const url = new URL(script + extname(base.filename), base.url)
  const worker = new Worker(url, {
    execArgv: optionsForThreads(process.execArgv),
    workerData: {...data, compileCache: getCompileCacheDir()},
    resourceLimits: {maxOldGenerationSizeMb: mostMemoryMb, maxYoungGenerationSizeMb: youngMemoryMb},
  })
  // A process that waits for no answer may end.
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

/** Whether a thread ended because a task needed more memory than it may have. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
