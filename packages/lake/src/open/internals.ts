import type {RequestHead} from '../core/lakeRequest.ts'
import type {Dataset} from '../datasets/dataset.ts'
import type {Handle} from '../http/routing/handle.ts'
import type {Backlogs} from '../stream/backlogs.ts'

/**
 * What the server, the commands and the tests use of a lake, and its users do not see: `Lake` is the
 * public interface, and this may change with every version.
 */
export interface LakeInternals {
  /** What waits for slow readers. */
  readonly backlogs: Backlogs
  /** Answers requests given as plain values, which is quicker than `fetch`. */
  readonly handle: Handle
  /** For a web socket. @throws LakeError 403 when a page sends it that may not use the lake. */
  refuseForeignPage(request: RequestHead): void
  /** @throws LakeError 404 when no dataset has the name. */
  dataset(name: string): Dataset
  /**
   * Removes the bytes of assets whose document was deleted before a time (milliseconds since 1970)
   * and that no document refers to. A lake that runs does so by itself after 30 days.
   * @returns The ids of the assets.
   */
  sweepAssets(before: number, datasets?: readonly string[]): Promise<readonly string[]>
  /** @throws When the data folder cannot say where the lake answers: then nothing may listen. */
  serverStarting(): void
  /** Says in the data folder where the lake answers, so that other commands find it. */
  serverStarted(url: string): void
  /** Ends all event streams, so that a server can close. */
  endStreams(): void
  /** Says in the data folder that the lake does not answer any more. */
  serverStopped(): void
}

const internals = new WeakMap<object, LakeInternals>()

/** Keeps what `internalsOf` returns for the lake. @returns The lake. */
export const withInternals = <T extends object>(lake: T, own: LakeInternals): T => {
  internals.set(lake, own)
  return lake
}

/** @throws TypeError for anything but a lake that this copy of the package made. */
export const internalsOf = (lake: object): LakeInternals => {
  const own = internals.get(lake)
  if (own !== undefined) return own
  throw new TypeError(
    'This is no lake of this package: pass what createLake returned, not a copy of it. ' +
      'If it is one, two copies of @copydesk/lake are loaded: see "npm ls @copydesk/lake".',
  )
}
