/**
 * Sends the messages of the webhooks. Each webhook sends one message at a time, so a slow receiver
 * does not delay other webhooks; messages about one document are sent in order. A message that fails
 * is sent again after pauses that grow.
 */
import type {HookRecord} from '../access/hookRecord.ts'
import {
  FIRST_HOOK_PAUSE,
  HOOK_PATIENCE,
  HOOK_TIMEOUT,
  LONGEST_HOOK_PAUSE,
  MAX_HOOK_ANSWER_BYTES,
} from '../core/limits.ts'
import type {Attempt, AttemptResult, HookLog, Message} from '../store/hooks/hookLog.ts'
import {deliver} from './deliver.ts'
import type {Targets} from './targets.ts'

export interface Sender {
  /** Sends what the webhook has to send, now or when it is due. */
  wake(hookId: string): void
  /** Sends one message now. @param retries Whether to send it again if that fails. */
  sendNow(hook: HookRecord, message: Message, retries: boolean): Promise<Attempt>
  /** Starts no more requests. Resolves when the running ones have ended, after two seconds at most. */
  close(): Promise<void>
}

export interface SenderOptions {
  readonly log: HookLog
  readonly projectId: string
  readonly targets: Targets
  now(): number
  newId(): string
  /** The webhook, if it may send now. */
  active(hookId: string): HookRecord | undefined
  /** Called after each message that has ended. */
  onEnded(hookId: string): void
  onError(error: unknown): void
}

/** Milliseconds that running requests have when the lake closes. */
const CLOSE_TIME = 2000

/** The longest timer in milliseconds, because timers may drift from the clock. */
const LONGEST_TIMER = 60_000

export const createSender = (options: SenderOptions): Sender => {
  const {log, projectId, targets, now, newId, active, onEnded, onError} = options
  const busy = new Set<string>()
  const timers = new Map<string, NodeJS.Timeout>()
  const running = new Set<Promise<unknown>>()
  const closing = new AbortController()
  let isClosed = false

  const attempt = async (
    hook: HookRecord,
    message: Message,
    retries: boolean,
  ): Promise<Attempt> => {
    const id = newId()
    const startedAt = now()
    const started = performance.now()
    log.begin(message, id, startedAt)
    const result = await deliver(hook, message, {
      projectId,
      targets,
      now: startedAt,
      timeout: HOOK_TIMEOUT,
      signal: closing.signal,
    })
    const duration = Math.round(performance.now() - started)
    const ended: Attempt = {
      id,
      message: message.id,
      hook: hook.id,
      startedAt,
      endedAt: now(),
      duration,
      ...result,
      resultBody: result.resultBody.slice(0, MAX_HOOK_ANSWER_BYTES),
    }
    // What was interrupted is not recorded: the next lake sends it again.
    if (!closing.signal.aborted) {
      log.end(ended, ended, retries ? retryAt(message, result, startedAt, now()) : null)
    }
    return ended
  }

  const track = async <T>(work: Promise<T>): Promise<T> => {
    running.add(work)
    try {
      return await work
    } finally {
      running.delete(work)
    }
  }

  const sendOne = async (hook: HookRecord, message: Message): Promise<void> => {
    busy.add(hook.id)
    try {
      await track(attempt(hook, message, true)).finally(() => busy.delete(hook.id))
      onEnded(hook.id)
      wake(hook.id)
    } catch (error) {
      fail(hook.id, error)
    }
  }

  const sendNext = (hookId: string): void => {
    clearTimeout(timers.get(hookId))
    timers.delete(hookId)
    if (isClosed || busy.has(hookId)) return
    const hook = active(hookId)
    if (hook === undefined) return
    const message = log.next(hookId, now())
    if (message === undefined) return sendLater(hookId)
    void sendOne(hook, message)
  }

  const sendLater = (hookId: string): void => {
    const due = log.nextDue(hookId)
    if (due === undefined) return
    const delay = Math.min(Math.max(due - now(), 10), LONGEST_TIMER)
    timers.set(hookId, setTimeout(() => wake(hookId), delay).unref())
  }

  /** The log cannot be read or written: try again, but not at once. */
  const fail = (hookId: string, error: unknown): void => {
    if (isClosed) return
    onError(error)
    timers.set(hookId, setTimeout(() => wake(hookId), LONGEST_TIMER).unref())
  }

  /** Catches errors, because timers have no caller who could. */
  const wake = (hookId: string): void => {
    try {
      sendNext(hookId)
    } catch (error) {
      fail(hookId, error)
    }
  }

  return {
    wake,
    sendNow: (hook, message, retries) => track(attempt(hook, message, retries)),
    close: async () => {
      isClosed = true
      for (const timer of timers.values()) clearTimeout(timer)
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(() => {
        closing.abort()
        late.resolve()
      }, CLOSE_TIME)
      await Promise.race([Promise.allSettled(running), late.promise])
      clearTimeout(timer)
      await Promise.allSettled(running)
    },
  }
}

/** When to send a message again after this result; null for never. */
const retryAt = (
  {failures, firstTriedAt}: Message,
  {failure, resultCode}: AttemptResult,
  startedAt: number,
  now: number,
): number | null => {
  if (failure === null) return null
  const status = resultCode ?? 500
  if (failure === 'http' && status !== 429 && status < 500) return null
  const at = now + Math.min(FIRST_HOOK_PAUSE * 2 ** failures, LONGEST_HOOK_PAUSE)
  return at > (firstTriedAt ?? startedAt) + HOOK_PATIENCE ? null : at
}
