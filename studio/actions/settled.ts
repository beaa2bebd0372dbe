/**
 * Publish button: waits until a document is saved and at rest, before it is checked and published.
 */
import type {EditStateFor} from 'sanity'

/** The part of an RxJS observable that is used here. */
export interface Source<Value> {
  subscribe(next: (value: Value) => void): {unsubscribe(): void}
}

/** A document as the Studio observes it. */
export interface FollowedDocument {
  readonly state: Source<EditStateFor>
  /** Whether the lake has everything written here. */
  readonly isSaved: Source<boolean>
  /** Sends pending changes at once. */
  save(): void
}

/**
 * The quiet period in milliseconds. The body’s editor holds back the last words for 250 ms after a
 * keystroke.
 */
const REST = 400

/**
 * Resolves to the state of a document once all changes are saved and nothing has happened for the
 * quiet period. Two documents edited within a second share Sanity’s save timer, which then forgets
 * the first; so pending changes are sent from here.
 * @param isAwaited whether to resolve with this state
 * @throws the signal’s reason when it aborts first
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
