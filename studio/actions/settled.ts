import type {EditStateFor} from 'sanity'

/** Anything that can be listened to until one has heard enough. */
export interface Source<Value> {
  subscribe(next: (value: Value) => void): {unsubscribe(): void}
}

/** A document as the Studio follows it. */
export interface FollowedDocument {
  readonly state: Source<EditStateFor>
  /** Whether the lake has all that was written here. */
  readonly isSaved: Source<boolean>
  /** Sends at once what waits to be sent. */
  save(): void
}

/**
 * How long nothing may happen, in milliseconds. The body’s editor keeps the last words to itself for
 * 250 ms after a keystroke.
 */
const REST = 400

/**
 * Resolves to the state of a document once all that was written into it is saved and nothing has
 * happened for a while. Two documents edited within a second share Sanity’s timer for saving, which
 * then forgets the first; so what waits is sent from here.
 * @param isAwaited whether this is a state to stop at
 * @throws the signal’s reason when that ends it first
 */
export const settled = (
  {state, isSaved, save}: FollowedDocument,
  signal: AbortSignal,
  isAwaited: (state: EditStateFor) => boolean = () => true,
): Promise<EditStateFor> =>
  new Promise((resolve, reject) => {
    let latest: EditStateFor | undefined
    let saved = false
    let timer: ReturnType<typeof setTimeout> | undefined

    const rest = (): void => {
      clearTimeout(timer)
      timer = setTimeout(look, REST)
    }
    const look = (): void => {
      const isFree = latest?.ready && !latest.transactionSyncLock?.enabled
      if (latest && saved && isFree && isAwaited(latest)) {
        stop()
        resolve(latest)
      } else {
        if (!saved) save()
        rest()
      }
    }
    const stop = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', fail)
      for (const subscription of subscriptions) subscription.unsubscribe()
    }
    const fail = (): void => {
      stop()
      reject(signal.reason)
    }

    const subscriptions = [
      state.subscribe((next) => {
        latest = next
        rest()
      }),
      isSaved.subscribe((next) => {
        saved = next
        rest()
      }),
    ]
    signal.addEventListener('abort', fail)
    rest()
    if (signal.aborted) fail()
  })
