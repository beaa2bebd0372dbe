import {setTimeout} from 'node:timers/promises'

/**
 * Requests with which one client tries to keep all others waiting. Each attack runs until it is
 * answered or for some seconds.
 */
export interface Target {
  readonly url: string
  readonly token: string
}

export interface Attack {
  readonly name: string
  /** @returns A note, such as how long an editor waited. */
  run(target: Target): Promise<string>
}

const VERSION = 'v2025-02-19'
const LONGEST = 15_000

const send = async (
  {url}: Target,
  path: string,
  {token, ...init}: RequestInit & {readonly token?: string} = {},
): Promise<string> => {
  const headers = new Headers()
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  try {
    const response = await fetch(`${url}/${VERSION}${path}`, {
      headers,
      signal: AbortSignal.timeout(LONGEST),
      ...init,
    })
    await response.arrayBuffer()
    return String(response.status)
  } catch {
    return 'no answer'
  }
}

const query = (target: Target, text: string, params: object = {}, token?: string) =>
  send(target, '/data/query/production', {
    method: 'POST',
    body: JSON.stringify({query: text, params}),
    ...(token !== undefined && {token}),
  })

const mutate = (target: Target, mutations: readonly object[]) =>
  send(target, '/data/mutate/production', {
    method: 'POST',
    body: JSON.stringify({mutations}),
    token: target.token,
  })

/** Counts the responses by status. */
const tally = (answers: readonly string[]): string =>
  [...Map.groupBy(answers, (answer) => answer)]
    .map(([answer, {length}]) => `${length} × ${answer}`)
    .join(', ')

const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({length: count}, (_, n) => make(n))

const notes = (prefix: string, count: number, fields: object = {}) =>
  times(count, (n) => ({
    createOrReplace: {_id: `${prefix}${n}`, _type: 'note', n, ...fields},
  }))

/** Listeners with slow filters, or that do not read their events. */
const listen = (target: Target, filter: string, signal: AbortSignal): Promise<Response> =>
  fetch(
    `${target.url}/${VERSION}/data/listen/production?includeResult=true&query=${encodeURIComponent(filter)}`,
    {headers: {authorization: `Bearer ${target.token}`, accept: 'text/event-stream'}, signal},
  )

const withListeners = async (
  target: Target,
  count: number,
  filter: string,
  work: () => Promise<string>,
): Promise<string> => {
  const leave = new AbortController()
  try {
    const open = await Promise.allSettled(times(count, () => listen(target, filter, leave.signal)))
    const done = await work()
    return `${tally(open.map(({status}) => status))}; ${done}`
  } finally {
    leave.abort()
  }
}

const scan = (n: number): string =>
  `count(*[_type == "article" && count(body[].children[string(text) match "*${n}*"]) > ${n}])`

/** What it takes to draw it grows with how many filters it has, and with how many pixels. */
const svg = (side: number, filters: number): string => {
  const turbulence = times(
    filters,
    (n) => `<feTurbulence baseFrequency="0.${n + 1}" numOctaves="99"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><filter id="f">${turbulence.join('')}</filter><rect width="${side}" height="${side}" filter="url(#f)"/></svg>`
}

const upload = ({url, token}: Target, image: string): Promise<Response | undefined> =>
  fetch(`${url}/${VERSION}/assets/images/production`, {
    method: 'POST',
    headers: {authorization: `Bearer ${token}`, 'content-type': 'image/svg+xml'},
    body: image,
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined)

export const ATTACKS: readonly Attack[] = [
  {
    name: 'nothing',
    run: async () => {
      await setTimeout(3000)
      return ''
    },
  },
  {
    name: 'match: a long text by 300 wildcard terms over a list',
    run: async (target) => {
      const terms = times(300, (n) => `a*${n}*b*c`)
      const text = 'lorem ipsum dolor '.repeat(3000)
      const texts = times(60, () => '$text').join()
      return query(target, `count([${texts}][@ match $terms])`, {terms, text})
    },
  },
  {
    name: 'parsing: 20,000 objects, and lists in lists',
    run: async (target) =>
      tally(
        await Promise.all([
          query(target, `count([${times(20_000, (n) => `{"a":${n}}`).join()}])`),
          query(target, `[${times(2000, () => `[${'1,'.repeat(40)}1]`).join()}]`),
          query(target, `f(${times(20_000, String).join()})`),
        ]),
      ),
  },
  {
    name: 'filters of 50 listeners at 20 commits',
    run: (target) =>
      withListeners(
        target,
        50,
        `*[${times(40, (n) => `text match "*${n}*a*b*"`).join(' || ')}]`,
        async () =>
          tally(
            await Promise.all(
              times(20, (n) =>
                mutate(target, notes(`filter-${n}-`, 5, {text: 'a c d '.repeat(3000)})),
              ),
            ),
          ),
      ),
  },
  {
    name: '40 patches by query over 2,500 documents',
    run: async (target) => {
      await mutate(target, notes('patched-', 2500))
      const patch = {query: '*[_type == "note" && n >= 0]', inc: {n: 1}}
      return mutate(
        target,
        times(40, () => ({patch})),
      )
    },
  },
  {
    name: '35,000 creates in one transaction',
    run: (target) => mutate(target, notes('n', 35_000)),
  },
  {
    name: 'the same with 50 listeners',
    run: (target) => withListeners(target, 50, '*', () => mutate(target, notes('n', 35_000))),
  },
  {
    name: '200 scans without a token, beside an editor’s',
    run: async (target) => {
      const attack = times(200, (n) => query(target, scan(n)))
      await setTimeout(200)
      const started = performance.now()
      const editor = await query(target, scan(1000), {}, target.token)
      const waited = Math.round(performance.now() - started)
      return `${tally(await Promise.all(attack))}; the editor: ${editor} after ${waited} ms`
    },
  },
  {
    name: 'upload of an SVG that takes too long to draw',
    run: async (target) => {
      const response = await upload(target, svg(4000, 60))
      return `upload: ${response?.status ?? 'no answer'}`
    },
  },
  {
    name: 'an SVG that is small when uploaded, and requested in 3 large sizes',
    run: async (target) => {
      const response = await upload(target, svg(100, 20))
      if (!response?.ok) return `upload: ${response?.status ?? 'no answer'}`
      const {document}: {document: {url: string}} = await response.json()
      // The address says where the lake was reached when it started.
      const {pathname} = new URL(document.url)
      const sizes = times(3, (n) =>
        fetch(`${target.url}${pathname}?w=${2000 + n}&fm=png`, {
          signal: AbortSignal.timeout(4 * LONGEST),
        }).then(
          ({status}) => String(status),
          () => 'no answer',
        ),
      )
      return `upload: ${response.status}; ${tally(await Promise.all(sizes))}`
    },
  },
  {
    name: '100 listeners that do not read, at 200 commits of 100 KB',
    run: (target) =>
      withListeners(target, 100, '*', async () => {
        const answers: string[] = []
        for (let n = 0; n < 200; n += 1) {
          answers.push(await mutate(target, notes('unread-', 1, {text: 'x'.repeat(100_000), n})))
        }
        return tally(answers)
      }),
  },
]
