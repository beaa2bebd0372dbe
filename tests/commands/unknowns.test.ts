/**
 * The questions about hosted Sanity in packages/lake/README.md: each command runs, and prints here what
 * the line says. So a person with a hosted project can paste it and compare.
 */
import {execFile} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {createLake, startServer} from '@copydesk/lake'
import {expect, test} from 'vitest'

const readme = readFileSync(join(import.meta.dirname, '../../packages/lake/README.md'), 'utf8')
const [, unknown = ''] = readme.split('\n**Not known**\n')

/** In the order of the README: blocks that prepare the shell, and questions with their answers. */
const steps = [...unknown.matchAll(/^```sh\n([^]*?)^```|^- (.+?\?) `(.+?)` prints `(.+?)`/gm)].map(
  ([, block, question = '', command = '', printed = '']) =>
    block === undefined ? {question, command, printed} : {block},
)

const run = promisify(execFile)

test('every command of a question about hosted Sanity prints what its line says', async () => {
  const datasets = ['production', {name: 'closed', aclMode: 'private' as const}]
  const lake = createLake({projectId: 'asked', datasets})
  const server = await startServer({lake, port: 0})
  try {
    const setting: Readonly<Record<string, string>> = {
      PROJECT: lake.projectId,
      TOKEN: lake.token,
      PRIVATE: 'closed',
    }
    const prepared = (block: string): string =>
      block
        .replaceAll(/(\w+)=…/g, (_, name: string) => `${name}=${setting[name] ?? ''}`)
        .replace('https://$PROJECT.api.sanity.io', server.url)
    const answers = []
    let before = ''
    for (const step of steps) {
      if ('block' in step) {
        before += prepared(step.block ?? '')
        continue
      }
      const script = `${before}\n{ ${step.command}\n} || true`
      const {stdout} = await run('sh', ['-c', script])
      answers.push({...step, printed: stdout.trim().replaceAll(/\s+/g, ' ')})
    }
    expect(answers.length).toBeGreaterThan(25)
    expect(answers).toEqual(steps.filter((step) => !('block' in step)))
    const left = '*[_id in ["q", "drafts.q"] || _type in ["system.release", "system.variant"]]._id'
    const query = `${server.url}/v2025-02-19/data/query/production?perspective=raw&query=`
    const found = await fetch(query + encodeURIComponent(left), {
      headers: {authorization: `Bearer ${lake.token}`},
    })
    expect(await found.json()).toMatchObject({result: []})
  } finally {
    await server.close()
    await lake.close()
  }
})
