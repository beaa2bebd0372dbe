/**
 * Loaded before Sanity's CLI (`node --import`), so that no request leaves this machine: requests to
 * Sanity's API go to the lake, loopback is allowed, and any other host is refused before its name is
 * looked up. Changes the global `fetch`, `node:https`, and the package `undici`, which Sanity's client
 * uses; sockets refuse whatever else tries to connect.
 *
 * Settings are in the query of this module's URL, because environment variables do not reach every
 * thread: `lake` is the lake's URL, absent for commands that need none; `host` is one more host that
 * is allowed, the npm registry.
 */
import http from 'node:http'
import https from 'node:https'
import {createRequire, registerHooks, syncBuiltinESMExports} from 'node:module'
import net from 'node:net'
import {fileURLToPath} from 'node:url'

const settings = new globalThis.URL(import.meta.url).searchParams
const lake = settings.get('lake')
const allowedHost = settings.get('host')

const API = /^(?:[a-z0-9-]+\.)?(?:api|apicdn)\.sanity\.(?:io|work)$/

/** Kept, because the CLI replaces some of them by those of a browser when it loads a Studio. */
const {fetch: fetchAnywhere, Request, URL} = globalThis

/** The lake's URL for a URL of Sanity's API; any other unchanged. */
const toLake = (address: string): string => {
  if (lake === null || !URL.canParse(address)) return address
  const {hostname, pathname, search} = new URL(address)
  if (!API.test(hostname)) return address
  const url = new URL(lake)
  // The migration runner begins its paths with two slashes.
  url.pathname = pathname.replace(/^\/+/, '/')
  url.search = search
  return url.href
}

/** The same for the input of `fetch`: a string, or an object of any `URL` class. */
const addressAtLake = (input: unknown): unknown => {
  if (typeof input === 'string') return toLake(input)
  const href: unknown = typeof input === 'object' && input !== null && Reflect.get(input, 'href')
  return typeof href === 'string' ? toLake(href) : input
}

globalThis.fetch = (input, init) =>
  input instanceof Request
    ? fetchAnywhere(new Request(toLake(input.url), input), init)
    : fetchAnywhere(String(addressAtLake(input)), init)

const requestAnywhere = https.request

/** `https.request(url, options?, callback?)` and `https.request(options, callback?)`. */
const requestConfined = (...args: readonly unknown[]): http.ClientRequest => {
  const [first, second] = args
  const named = typeof first === 'string' || first instanceof URL
  const address = named ? new URL(first) : addressIn(Object(first))
  const options: object = Object(named ? (typeof second === 'object' ? second : {}) : first)
  const url = toLake(address.href)
  if (url === address.href) return Reflect.apply(requestAnywhere, https, args)
  const callback = args.find((arg) => typeof arg === 'function')
  const {host, hostname, port, pathname, search} = new URL(url)
  // The given agent is for TLS, and the given host header names Sanity's API.
  const moved = {
    ...options,
    agent: undefined,
    protocol: 'http:',
    host: hostname,
    hostname,
    port,
    path: pathname + search,
    headers: {...Object(Reflect.get(options, 'headers')), host},
  }
  return Reflect.apply(http.request, http, callback ? [moved, callback] : [moved])
}

const addressIn = (options: object): URL => {
  const option = (name: string): string => String(Reflect.get(options, name) ?? '')
  const host = option('hostname') || option('host').replace(/:\d+$/, '') || 'localhost'
  const port = option('port')
  return new URL(`https://${host}${port && `:${port}`}${option('path') || '/'}`)
}

Object.assign(https, {
  request: requestConfined,
  get: (...args: readonly unknown[]) => {
    const request = requestConfined(...args)
    request.end()
    return request
  },
})
syncBuiltinESMExports()

const isHere = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  /^127(?:\.\d+){3}$/.test(host) ||
  host === allowedHost

/** The options of `socket.connect(options)`, also in the form that `net` passes on internally. */
const optionsOf = ([first]: readonly unknown[]): object | undefined => {
  const options: unknown = Array.isArray(first) ? first[0] : first
  return typeof options === 'object' && options !== null ? options : undefined
}

/** The host of `socket.connect(options)` or `socket.connect(port, host)`. */
const hostOf = (args: readonly unknown[]): string => {
  const options = optionsOf(args)
  if (options === undefined) return typeof args[1] === 'string' ? args[1] : 'localhost'
  // A path is that of a pipe or a socket file.
  if (typeof Reflect.get(options, 'path') === 'string') return 'localhost'
  return String(Reflect.get(options, 'host') ?? 'localhost')
}

const connectAnywhere = net.Socket.prototype.connect
Object.assign(net.Socket.prototype, {
  connect(this: net.Socket, ...args: readonly unknown[]): net.Socket {
    const host = hostOf(args)
    const options = optionsOf(args)
    // The client puts the project id before `localhost`, which not every system resolves.
    if (options && host.endsWith('.localhost')) Reflect.set(options, 'host', 'localhost')
    if (isHere(host)) return Reflect.apply(connectAnywhere, this, args)
    process.nextTick(() =>
      this.destroy(new Error(`"lake sanity" does not connect to ${host}, only to the lake.`)),
    )
    return this
  },
})

/*
 * Sanity's client uses the `fetch` of the package `undici`, not the global one. It is replaced in the
 * file that defines it, in each copy of the package, before a module uses it. Not in the package's
 * entry: commands that load a Studio in a thread read that one as text, through Vite.
 */
const DEFINES_FETCH = /\/node_modules\/undici\/lib\/(?:web\/)?fetch\/index\.js$/

const changed = new Set<string>()

const change = (file: string): void => {
  if (changed.has(file)) return
  changed.add(file)
  const definition: {fetch: (input: unknown, init?: unknown) => unknown} = createRequire(file)(file)
  const {fetch: fetchByUndici} = definition
  definition.fetch = (input, init) => fetchByUndici(addressAtLake(input), init)
}

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    // By URL, because other hooks, such as those for TypeScript, resolve names themselves.
    if (DEFINES_FETCH.test(found.url)) change(fileURLToPath(found.url))
    return found
  },
})
