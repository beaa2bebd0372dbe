/**
 * Loaded into a process before Sanity's CLI (`node --import`), so that nothing it does leaves this
 * machine: what is meant for Sanity's API goes to the lake, loopback is free, and any other host is
 * refused before a name is looked up. It covers the global `fetch`, `node:https`, and the package
 * `undici`, with which Sanity's client sends its requests; sockets are the last line.
 *
 * Its own address says where: `?lake=` the lake's address, absent for commands that need none, and
 * `?host=` one more host that may be asked, the npm registry. Variables would not reach every thread.
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

/** As they are now: the CLI puts those of a browser in their place where it loads a Studio. */
const {fetch: fetchAnywhere, Request, URL} = globalThis

/** The address at the lake of what is meant for Sanity's API; any other as it is. */
const toLake = (address: string): string => {
  if (lake === null || !URL.canParse(address)) return address
  const url = new URL(address)
  return API.test(url.hostname) ? new URL(url.pathname + url.search, lake).href : address
}

/** The same for what a `fetch` is given: a string, or an object of any `URL` class. */
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
  const {hostname, port, pathname, search} = new URL(url)
  // The agent is one for TLS, and the host name in the headers the one that was not asked.
  const moved = {
    ...options,
    agent: undefined,
    protocol: 'http:',
    host: hostname,
    hostname,
    port,
    path: pathname + search,
    headers: {...Object(Reflect.get(options, 'headers')), host: new URL(url).host},
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

/** The host of `socket.connect(options)`, `(port, host)` and of what `net` makes of them. */
const hostOf = ([first, second]: readonly unknown[]): string => {
  const target = Array.isArray(first) ? first[0] : first
  if (typeof target !== 'object' || target === null) {
    return typeof second === 'string' ? second : 'localhost'
  }
  // A path is that of a pipe or a socket file.
  if (typeof Reflect.get(target, 'path') === 'string') return 'localhost'
  return String(Reflect.get(target, 'host') ?? 'localhost')
}

const renameHost = ([first]: readonly unknown[], host: string): void => {
  const target = Array.isArray(first) ? first[0] : first
  if (typeof target === 'object' && target !== null) Reflect.set(target, 'host', host)
}

const connectAnywhere = net.Socket.prototype.connect
Object.assign(net.Socket.prototype, {
  connect(this: net.Socket, ...args: readonly unknown[]): net.Socket {
    const host = hostOf(args)
    // Not every system knows the names below `localhost`, which the client makes of project ids.
    if (host.endsWith('.localhost')) renameHost(args, 'localhost')
    if (isHere(host)) return Reflect.apply(connectAnywhere, this, args)
    process.nextTick(() =>
      this.destroy(new Error(`"lake sanity" asks no other host: ${host} was not asked.`)),
    )
    return this
  },
})

/*
 * Sanity's client brings `undici`, whose `fetch` is another than the global one. Each copy that a
 * module imports or requires gets a `fetch` that knows the lake, before its first use.
 */
const changed = new Set<string>()

const change = (file: string): void => {
  if (changed.has(file)) return
  changed.add(file)
  const undici: {fetch: (input: unknown, init?: unknown) => unknown} = createRequire(file)(file)
  const {fetch: fetchByUndici} = undici
  undici.fetch = (input, init) => fetchByUndici(addressAtLake(input), init)
}

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    // By its address: other hooks, such as those that read TypeScript, resolve names themselves.
    if (found.url.endsWith('/node_modules/undici/index.js')) change(fileURLToPath(found.url))
    return found
  },
})
