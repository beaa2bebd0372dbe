/** One address for each page: no capitals, no slash at the end. */

/** Below these, ids have capitals of their own. */
const WITH_IDS = /^\/(?:credits|preview|api|assets)(?:\/|$)/

/**
 * The address that a request should have gone to, or null if it is right already. Escapes such as
 * `%C3%A9` keep their form.
 */
export const tidyAddress = (url: URL): string | null => {
  const whole = url.pathname.replace(/\/+$/, '').replaceAll(/\/{2,}/g, '/') || '/'
  const path = WITH_IDS.test(whole)
    ? whole
    : whole.replaceAll(/%[\dA-F]{2}|[A-Z]/gi, (found) =>
        found.startsWith('%') ? found : found.toLowerCase(),
      )
  return path === url.pathname ? null : `${path}${url.search}`
}
