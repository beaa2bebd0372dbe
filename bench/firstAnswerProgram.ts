/**
 * Measures the first answer after a start, in a process of its own: loads the lake, opens a data
 * folder, sends one request and prints how long each took. `node firstAnswerProgram.ts FOLDER URL`;
 * `figures/firstAnswer.ts` starts it.
 */
const started = performance.now()
const {createLake} = await import('@copydesk/lake')
const loaded = performance.now()

const [dataDir = '', url = ''] = process.argv.slice(2)
const lake = createLake({dataDir})
const response = await lake.fetch(new Request(url))
const bytes = (await response.arrayBuffer()).byteLength
const answered = performance.now()
await lake.close()
process.stdout.write(
  `${JSON.stringify({status: response.status, bytes, load: loaded - started, answer: answered - loaded})}\n`,
)
process.exit(0)
