/**
 * Ends what lasts longer than a request (listeners, live events, presence) when its caller loses
 * access: a token was revoked, a session ended, a role or a dataset changed. All of that is in the
 * project, so it is checked on every change of the project.
 */
import type {ProjectFile} from './project.ts'

export interface AccessWatch {
  /**
   * @param hasAccess Whether the caller still has access. Must not throw.
   * @param onLost Called once, during the change that takes the access away. Must not throw.
   * @returns A function that ends the watch.
   */
  watch(hasAccess: () => boolean, onLost: () => void): () => void
}

/** Create it after `openTokens`, so that the tokens know of a change before this checks access. */
export const createAccessWatch = (project: ProjectFile): AccessWatch => {
  const watched = new Map<() => boolean, () => void>()
  project.onChange(() => {
    for (const [hasAccess, onLost] of watched) {
      if (hasAccess()) continue
      watched.delete(hasAccess)
      onLost()
    }
  })
  return {
    watch: (hasAccess, onLost) => {
      // The same function may be passed twice; each watch needs a key of its own.
      const check = (): boolean => hasAccess()
      watched.set(check, onLost)
      return () => void watched.delete(check)
    },
  }
}
