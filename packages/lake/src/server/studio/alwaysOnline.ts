/**
 * A Studio whose lake is on the same machine is never offline. Without a network a browser says that
 * it is (`navigator.onLine`), and a Studio then waits for the network: it accepts no input when the
 * connection is lost, and never asks the lake again after that was restarted.
 */

/** Runs before the Studio's own scripts; does nothing where the lake is another machine. */
const SCRIPT = `
if (/^(?:(?:[a-z0-9-]+\\.)*localhost|127(?:\\.\\d+){3}|\\[::1\\])$/.test(location.hostname)) {
  Object.defineProperty(Navigator.prototype, 'onLine', {configurable: true, get: () => true})
  addEventListener('offline', (event) => event.stopImmediatePropagation(), true)
}
`

/** The page with the script at its beginning, where it has a head. */
export const alwaysOnline = (html: string): string =>
  html.replace(/<head\b[^>]*>/i, (head) => `${head}<script>${SCRIPT}</script>`)
