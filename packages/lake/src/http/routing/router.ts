/**
 * The router: finds the route of a path by walking a tree of its segments. A fixed segment wins
 * over a `:name`, which wins over `*`.
 */
import {memoise} from '../../core/cache/memoise.ts'
import {badRequest, methodNotAllowed} from '../../core/errors.ts'
import type {FastOption} from '../../core/fast.ts'
import type {Route} from './route.ts'

export type Router = (method: string, path: string) => Match | null

export interface Match {
  readonly route: Route
  readonly path: Readonly<Record<string, string>>
}

interface Node {
  readonly fixed: Map<string, Node>
  named: {readonly name: string; readonly node: Node} | null
  rest: Map<string, Route> | null
  readonly routes: Map<string, Route>
}

const emptyNode = (): Node => ({fixed: new Map(), named: null, rest: null, routes: new Map()})

const NO_PARAMETERS: Readonly<Record<string, string>> = {}

export const createRouter = (routes: readonly Route[], fast?: FastOption): Router => {
  const root = emptyNode()
  for (const route of routes) insert(root, route)
  const find: Router = (method, path) => {
    const found = walk(root, path.split('/'), 1)
    if (found === null) return null
    const {byMethod, values} = found
    const route = byMethod.get(method === 'HEAD' ? 'GET' : method)
    if (route === undefined) throw methodNotAllowed(method, [...byMethod.keys()])
    return {route, path: values === null ? NO_PARAMETERS : decodeAll(values)}
  }

  // Nearly all requests go to a few paths; queries differ in the query string only.
  const recent = memoise(
    'routes',
    (request) => {
      const end = request.indexOf(' ')
      return find(request.slice(0, end), request.slice(end + 1))
    },
    fast,
  )
  return (method, path) => recent(`${method} ${path}`)
}

const insert = (root: Node, route: Route): void => {
  const {method, path} = route
  let node = root
  for (const segment of path.split('/').slice(1)) {
    if (segment === '*') {
      node.rest ??= new Map()
      node.rest.set(method, route)
      return
    }
    node = segment.startsWith(':') ? namedChild(node, segment.slice(1)) : fixedChild(node, segment)
  }
  if (node.routes.has(method)) throw new Error(`Two routes for ${method} ${path}`)
  node.routes.set(method, route)
}

const fixedChild = (node: Node, segment: string): Node => {
  const child = node.fixed.get(segment) ?? emptyNode()
  node.fixed.set(segment, child)
  return child
}

const namedChild = (node: Node, name: string): Node => {
  node.named ??= {name, node: emptyNode()}
  if (node.named.name !== name)
    throw new Error(`:${name} and :${node.named.name} are at the same position`)
  return node.named.node
}

interface Found {
  readonly byMethod: ReadonlyMap<string, Route>
  /** Still encoded; null when the path has no parameters. */
  readonly values: Record<string, string> | null
}

const walk = (node: Node, segments: readonly string[], at: number): Found | null => {
  const segment = segments[at]
  if (segment === undefined) {
    return node.routes.size > 0 ? {byMethod: node.routes, values: null} : null
  }
  const fixed = node.fixed.get(segment)
  const found = fixed === undefined ? null : walk(fixed, segments, at + 1)
  if (found !== null) return found
  if (node.named !== null && segment !== '') {
    const below = walk(node.named.node, segments, at + 1)
    if (below !== null) {
      return {byMethod: below.byMethod, values: {...below.values, [node.named.name]: segment}}
    }
  }
  return node.rest === null
    ? null
    : {byMethod: node.rest, values: {'*': segments.slice(at).join('/')}}
}

const decodeAll = (values: Record<string, string>): Record<string, string> => {
  const decoded: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    decoded[name] = name === '*' ? value : decodeSegment(value)
  }
  return decoded
}

/** Decodes one percent-encoded part of a path. */
export const decodeSegment = (text: string): string => {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    throw badRequest(`"${text}" in the path is not valid percent-encoding.`)
  }
}
