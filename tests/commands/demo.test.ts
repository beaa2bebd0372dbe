/** @module-tag long */
/** The demo as somebody starts it; drawing its pictures takes some seconds. */
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, it, onTestFinished} from 'vitest'

import {startScript} from './runScript.ts'

it(
  'npm run demo serves the invented stories, with their pictures',
  {timeout: 120_000},
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'copydesk-demo-'))
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
