import {randomBytes} from 'node:crypto'

/**
 * Short-lived codes that stand for something in a URL: a sign-in on its way to the Studio, a
 * listener's credentials across a redirect. Kept in memory, so they end with the process.
 */
export interface TemporaryCodes<T> {
  issue(value: T): string
  /** The value while the code is fresh. */
  peek(code: string): T | undefined
  /** As `peek`, and the code is spent. */
  take(code: string): T | undefined
}

/** @param lifetime In milliseconds. */
export const createTemporaryCodes = <T>(lifetime: number, now: () => number): TemporaryCodes<T> => {
  /** In the order of expiry, since all live equally long. */
  const issued = new Map<string, {readonly value: T; readonly expires: number}>()

  const peek = (code: string): T | undefined => {
    const entry = issued.get(code)
    return entry !== undefined && entry.expires > now() ? entry.value : undefined
  }

  return {
    issue: (value) => {
      for (const [code, {expires}] of issued) {
        if (expires > now()) break
        issued.delete(code)
      }
      const code = randomBytes(24).toString('base64url')
      issued.set(code, {value, expires: now() + lifetime})
      return code
    },
    peek,
    take: (code) => {
      const value = peek(code)
      issued.delete(code)
      return value
    },
  }
}
