/**
 * Loaded before the suite by `recordHosted.test.ts`: the names of hosted Sanity lead to the lake that
 * `CONFORMANCE_STAND_IN` names, those of web sockets too, and no other host can be reached.
 */
const lake = process.env['CONFORMANCE_STAND_IN'] ?? ''
const network = '../../packages/lake/src/cli/sanity/confinedNetwork.ts'
await import(`${network}?lake=${lake}`)

globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
  construct: (target, [url, ...rest], asked) => {
    const {pathname, search} = new URL(String(url))
    const moved = new URL(pathname + search, lake.replace(/^http/, 'ws'))
    return Reflect.construct(target, [moved, ...rest], asked)
  },
})
