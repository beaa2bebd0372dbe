/**
 * Starts and controls an image process: a decoder that hangs, crashes or needs too much memory affects
 * this process only, not the lake. It is started with the first image.
 */
import {fork} from 'node:child_process'
import {constants, setPriority} from 'node:os'

import {ownModule} from '../../core/ownModule.ts'
import {type ImageOrder, type ImageReply, READY} from './imageTask.ts'

export interface ImageProcess {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined
  /** Resolves when it can take a task. @throws When it ends before that. */
  readonly ready: Promise<void>
  /** Sends it a task; one at a time. @throws When it ends before it replies. */
  run(order: ImageOrder): Promise<ImageReply>
  /** Whether it can take another task. */
  readonly isAlive: boolean
  end(): void
}

const IMAGE_WORKER = ownModule('#imageWorker')
/** Megabytes of the JavaScript heap; images are kept outside of it. */
const HEAP = 128
/** Milliseconds that it may take to start. */
const START_LIMIT = 60_000

export const startImageProcess = (): ImageProcess => {
  const child = fork(IMAGE_WORKER, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let isAlive = true
  const ready = Promise.withResolvers<void>()
  let waiting: PromiseWithResolvers<ImageReply> | undefined

  /** The lake may exit while it does not wait for a reply. */
  const hold = (isHeld: boolean): void => {
    if (isHeld) {
      child.ref()
      child.channel?.ref()
    } else {
      child.unref()
      child.channel?.unref()
    }
  }
  const fail = (error: Error): void => {
    isAlive = false
    clearTimeout(patience)
    ready.reject(error)
    waiting?.reject(error)
    waiting = undefined
  }
  const patience = setTimeout(() => child.kill('SIGKILL'), START_LIMIT).unref()
  // Not an unhandled rejection when nothing waits for it.
  ready.promise.catch(() => {})
  child.on('error', fail)
  child.on('exit', (code, signal) => fail(new Error(`The process ended: ${signal ?? code}.`)))
  child.on('message', (message: ImageReply | typeof READY) => {
    hold(false)
    if (message === READY) {
      clearTimeout(patience)
      ready.resolve()
      return
    }
    if (message.kind === 'late' || message.kind === 'large') isAlive = false
    waiting?.resolve(message)
    waiting = undefined
  })
  // Other requests of the lake come first.
  if (child.pid !== undefined) lowerPriority(child.pid)
  return {
    pid: child.pid,
    ready: ready.promise,
    run: (order) => {
      waiting = Promise.withResolvers()
      hold(true)
      child.send(order, (error) => {
        if (error !== null) fail(error)
      })
      return waiting.promise
    },
    get isAlive() {
      return isAlive
    },
    end: () => {
      isAlive = false
      child.kill('SIGKILL')
    },
  }
}

const lowerPriority = (pid: number): void => {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system does not allow it; neither matters.
  }
}
