/**
 * Measures the first answer after a start, in a process of its own: loads the lake, opens a data
 * folder, sends one request and prints how long each took. `node firstAnswerProgram.ts FOLDER URL`;
 * `figures/firstAnswer.ts` starts it.
 */
const started = performance.now()
const [dataDir = '', url = ''] = process.argv.slice(2)
const {createLake} = await import('@copydesk/lake')
// Loads Node's fetch, which a lake behind a server does without.
const request = new Request(url)
const loaded = performance.now()

const lake = createLake({dataDir})
const response = await lake.fetch(request)
const bytes = (await response.arrayBuffer()).byteLength
const answered = performance.now()
await lake.close()
process.stdout.write(
  `${JSON.stringify({status: response.status, bytes, load: loaded - started, answer: answered - loaded})}\n`,
)
process.exit(0)
