/**
 * The internal interface of a lake, for the server, the commands and tests. It is not public and
 * may change with every version; `Lake` is the public interface.
 */
import type {FastOption} from '../core/fast.ts'
import type {RequestHead} from '../core/lakeRequest.ts'
import type {Dataset} from '../datasets/dataset.ts'
import type {Handle} from '../http/routing/handle.ts'
import type {Backlogs} from '../stream/backlogs.ts'

export interface LakeInternals {
  /** Which optimisations the lake uses. */
  readonly fast: FastOption
  /** Events and messages that wait for slow clients. */
  readonly backlogs: Backlogs
  /** Answers requests given as plain values, which is quicker than `fetch`. */
  readonly handle: Handle
  /** Checks the page that opens a web socket. @throws LakeError 403 when it may not use the lake. */
  refuseForeignPage(request: RequestHead): void
  /** @throws LakeError 404 when no dataset has the name. */
  dataset(name: string): Dataset
  /**
   * Removes the bytes of assets whose document was deleted before a time (milliseconds since 1970)
   * and that no document refers to. A running lake does so by itself after 30 days.
   * @returns The ids of the assets.
   */
  sweepAssets(before: number, datasets?: readonly string[]): Promise<readonly string[]>
  /** Webhooks that wait because the lake may not call their hosts. */
  pausedHooks(): readonly {readonly name: string; readonly url: string}[]
  /** The first transaction of a dataset that a webhook has not read; Infinity if there is none. */
  firstUnread(dataset: string): number
  /** Call before listening. @throws When the lake's address cannot be written to the data folder. */
  serverStarting(): void
  /** Writes the lake's address to the data folder, so that other commands find it. */
  serverStarted(url: string): void
  /** Ends all event streams, so that a server can close. */
  endStreams(): void
  /** Removes the lake's address from the data folder. */
  serverStopped(): void
}

const internals = new WeakMap<object, LakeInternals>()

/** Sets what `internalsOf` returns for the lake. @returns The lake. */
export const withInternals = <T extends object>(lake: T, own: LakeInternals): T => {
  internals.set(lake, own)
  return lake
}

/** @throws TypeError for anything but a lake that this copy of the package made. */
export const internalsOf = (lake: object): LakeInternals => {
  const own = internals.get(lake)
  if (own !== undefined) return own
  throw new TypeError(
    'This is not a lake of this package. Pass the object that createLake returned, not a copy of it. ' +
      'If you did, two copies of @copydesk/lake are loaded: run "npm ls @copydesk/lake".',
  )
}
