/**
 * Temporary codes: short-lived codes in a URL that stand for a value, such as a sign-in on its way
 * to the Studio, or a listener's credentials across a redirect. They are kept in memory, so they
 * end with the process.
 */
import {randomBytes} from 'node:crypto'

export interface TemporaryCodes<T> {
  issue(value: T): string
  /** The value; undefined once the code has expired. */
  peek(code: string): T | undefined
  /** As `peek`; the code cannot be used again. */
  take(code: string): T | undefined
}

/** @param lifetime In milliseconds. */
export const createTemporaryCodes = <T>(lifetime: number, now: () => number): TemporaryCodes<T> => {
  /** In order of expiry, because all codes have the same lifetime. */
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
