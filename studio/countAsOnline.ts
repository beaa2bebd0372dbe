/**
 * On a machine without a network, browsers say that they are offline, and the Studio then waits for the
 * network before it connects again to a lake that was restarted. A lake on this machine needs none.
 */
const THIS_MACHINE = /^(?:(?:[^.]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Makes `navigator.onLine` true, if the page is served by this machine. */
export const countAsOnline = (navigator: object, hostname: string): void => {
  if (!THIS_MACHINE.test(hostname)) return
  Object.defineProperty(navigator, 'onLine', {configurable: true, get: () => true})
}
