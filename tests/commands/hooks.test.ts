/** @module-tag long */
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'

import {createClient} from '@sanity/client'
import {expect, it} from 'vitest'

import {openReceiver} from '../../packages/lake/src/hooks/testReceiver.ts'
import {createLake, startServer} from '../../packages/lake/src/index.ts'
import {type Finished, runLake} from './runScript.ts'

/** The official `sanity hook` commands, on the log of a webhook that was really called. */
it('sanity hook lists, shows and deletes webhooks of a lake', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-hooks-'))
  const data = join(folder, 'lake')
  const sanity = (...argv: readonly string[]): Promise<Finished> =>
    runLake(['sanity', '--data', data, 'hook', ...argv])
  await using receiver = await openReceiver((response) => {
    response.statusCode = 404
    response.end('no such page')
  })
  const lake = createLake({dataDir: data})
  const server = await startServer({lake, port: 0})
  try {
    const {projectId, token} = lake
    const client = createClient({
      projectId,
      dataset: 'production',
      token,
      apiHost: server.url,
      useProjectHostname: false,
      useCdn: false,
      apiVersion: '2025-02-19',
    })
    const url = `/hooks/projects/${projectId}`
    const body = {
      name: 'Front end',
      description: 'Renews pages',
      dataset: 'production',
      url: receiver.url,
      rule: {projection: '{_id}'},
    }
    const hook: {id: string} = await client.request({url, method: 'POST', body})
    await client.create({_id: 'a', _type: 'note'})
    await receiver.until(1)

    const listed = await sanity('list')
    expect(listed).toMatchObject({code: 0})
    expect(listed.stdout).toContain(
      `Name: Front end\nDataset: production\nURL: ${receiver.url}\nHTTP method: POST\n` +
        'Description: Renews pages\n',
    )
    const logs = await sanity('logs', 'front end', '--detailed')
    expect(logs.stdout).toMatch(/Status: failure\nResult code: 404\nFailures: 1\nPayload:/)
    expect(stripVTControlCharacters(logs.stdout)).toContain("{ _id: 'a' }")
    const [attempt]: {id: string}[] = await client.request({url: `${url}/${hook.id}/attempts`})
    const shown = await sanity('attempt', attempt?.id ?? '')
    expect(shown).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^Status: Failed\nStatus code: 404\nFailure: HTTP 404 \n[^]*no such page/m,
      ),
    })
    expect(await sanity('delete', 'Front end')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Hook deleted'),
    })
    expect(await client.request({url})).toEqual([])
  } finally {
    await server.close()
    await lake.close()
    rmSync(folder, {recursive: true})
  }
}, 120_000)
