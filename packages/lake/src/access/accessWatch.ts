import type {ProjectFile} from './project.ts'

/**
 * Ends what lasts longer than a request (listeners, live events, presence) when its caller loses the
 * right to it: a token was revoked, a session has ended, a role or a dataset has changed. Whatever
 * decides about access is in the project, so every change of it is the time to look.
 */
export interface AccessWatch {
  /**
   * @param isStill Whether the caller may still have what they have. Must not throw.
   * @param onLost Called once, within the change after which they may not. Must not throw.
   * @returns A function that ends the watch, for what has ended by itself.
   */
  watch(isStill: () => boolean, onLost: () => void): () => void
}

/** Made after `openTokens`, so that the tokens have followed a change when this looks at it. */
export const createAccessWatch = (project: ProjectFile): AccessWatch => {
  const watched = new Map<() => boolean, () => void>()
  project.onChange(() => {
    for (const [isStill, onLost] of watched) {
      if (isStill()) continue
      watched.delete(isStill)
      onLost()
    }
  })
  return {
    watch: (isStill, onLost) => {
      // The same function may be given twice: each watch is its own.
      const check = (): boolean => isStill()
      watched.set(check, onLost)
      return () => void watched.delete(check)
    },
  }
}
