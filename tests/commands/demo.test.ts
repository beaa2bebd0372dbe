/** @module-tag long */
/** The demo as somebody starts it; drawing its pictures takes some seconds. */
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake} from '@copydesk/lake'
import {expect, it, onTestFinished} from 'vitest'

import {tinyPicture} from '../site/openDemo.ts'
import {startScript} from './runScript.ts'

/** Leaves what a first start has written that was interrupted: a picture. */
const interruptFirstStart = async (dataDir: string): Promise<void> => {
  await using lake = createLake({dataDir})
  const {status} = await lake.fetch(
    new Request('http://localhost/v2025-02-19/assets/images/production', {
      method: 'POST',
      headers: {authorization: `Bearer ${lake.token}`, 'content-type': 'image/png'},
      body: new Uint8Array(await tinyPicture()),
    }),
  )
  expect(status).toBe(200)
}

it(
  'npm run demo serves the invented stories with their pictures, also at the second attempt',
  {timeout: 120_000},
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'copydesk-demo-'))
    await interruptFirstStart(data)
    const lake = await startScript(['--demo', '--port', '0', '--data', data], {withSite: true})
    onTestFinished(async () => {
      await lake.interrupt()
      rmSync(data, {recursive: true, force: true})
    })
    expect(lake.printed()).toContain('Wrote 42 documents.')
    const port = Number(new URL(lake.url).port) + 1
    await expect.poll(() => lake.printed()).toContain(`Site http://copydesk.localhost:${port}\n`)
    const page = await (await fetch(`http://localhost:${port}/`)).text()
    expect(page).toContain('Ferry returns to Lower Quay after ten years')
    const [, picture = ''] = /<img src="([^"]+)"/.exec(page) ?? []
    const response = await fetch(picture.replaceAll('&amp;', '&'))
    expect(response.headers.get('content-type')).toMatch(/^image\//)
  },
)
