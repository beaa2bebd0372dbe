/**
 * Requests `/health` and an article by its slug from a lake, in turn: `node stallProber.ts URL
 * SLUG…`. On SIGUSR2 it prints the longest waits since the last signal, in milliseconds. A separate
 * process, so that the attacks do not delay it.
 */
const [url = '', ...slugs] = process.argv.slice(2)
let longest = {health: 0, slug: 0}
let turn = 0

const ask = async (kind: keyof typeof longest, address: string): Promise<void> => {
  const started = performance.now()
  const response = await fetch(address)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  longest[kind] = Math.max(longest[kind], performance.now() - started)
}

process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify(longest)}\n`)
  longest = {health: 0, slug: 0}
})
process.stdout.write('{}\n')

const query = encodeURIComponent('*[_type == "article" && slug.current == $slug][0]')
for (;;) {
  const slug = encodeURIComponent(JSON.stringify(slugs[turn % slugs.length]))
  await ask('health', `${url}/health`)
  await ask('slug', `${url}/v2025-02-19/data/query/production?query=${query}&$slug=${slug}`)
  turn += 1
  await new Promise((resolve) => setTimeout(resolve, 5))
}
