import {execFile} from 'node:child_process'
import {promisify} from 'node:util'

import {describe, expect, it} from 'vitest'

import {createImageLibrary} from './imageLibrary.ts'

const run = promisify(execFile)

/** Runs a script in a process of its own, which ends by saying whether sharp was loaded. */
const loadsSharp = async (script: string): Promise<unknown> => {
  const here = JSON.stringify(new URL('testAssets.ts', import.meta.url).href)
  const room = JSON.stringify(new URL('assets.ts', import.meta.url).href)
  const ending = `
    const {sharedObjects} = process.report.getReport()
    console.log(JSON.stringify(sharedObjects.some((path) => path.includes('sharp'))))`
  const source = `const here = ${here}; const room = ${room};${script}${ending}`
  const {stdout} = await run(process.execPath, ['--input-type=module', '-e', source])
  return JSON.parse(stdout)
}

const fileUpload = `
  import {mkdtempSync, rmSync} from 'node:fs'
  import {tmpdir} from 'node:os'
  import {join} from 'node:path'
  const {createAssets} = await import(room)
  const folder = mkdtempSync(join(tmpdir(), 'lake-lazy-'))
  const assets = createAssets({
    projectId: 'p',
    publicUrl: () => 'http://localhost',
    datasetFolder: (dataset) => join(folder, dataset),
    cacheFolder: join(folder, 'cache'),
    newId: () => 'id',
  })
  const request = (method, body) => ({
    method, search: '', header: () => undefined, async *stream() { yield body },
  })
  const documents = {get: () => undefined, create: (document) => document}
  const upload = (kind, body) => assets.upload(request('POST', body), {kind, dataset: 'd', documents})
  const {document} = JSON.parse((await upload('file', Buffer.from('text'))).body)
  await assets.serve(request('GET'), {kind: 'file', projectId: 'p', dataset: 'd', name: document.path.split('/').at(-1)})
`

describe('sharp', () => {
  it('is not loaded by a lake that sees no image, and is by the first one', async () => {
    expect(await loadsSharp(`${fileUpload}; rmSync(folder, {recursive: true});`)).toBe(false)
    const pixel = `Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')`
    const image = `await upload('image', ${pixel}); rmSync(folder, {recursive: true});`
    expect(await loadsSharp(fileUpload + image)).toBe(true)
  })
})

describe('createImageLibrary', () => {
  it('works on a few images at a time, in the order in which they came', async () => {
    const library = createImageLibrary(2)
    const started: number[] = []
    const finish: (() => void)[] = []
    const jobs = Array.from({length: 5}, (_, job) =>
      library.run(async () => {
        started.push(job)
        await new Promise<void>((resolve) => {
          finish.push(resolve)
        })
      }),
    )
    await expect.poll(() => started).toEqual([0, 1])
    finish[1]?.()
    await expect.poll(() => started).toEqual([0, 1, 2])
    finish[0]?.()
    finish[2]?.()
    await expect.poll(() => started).toEqual([0, 1, 2, 3, 4])
    finish[3]?.()
    finish[4]?.()
    await Promise.all(jobs)
  })

  it('turns away who would wait too long, and is free again after an error', async () => {
    const library = createImageLibrary(1, 1)
    const {promise, resolve: finish} = Promise.withResolvers<void>()
    const first = library.run(() => promise)
    const second = library.run(() => Promise.reject(new Error('one\ntwo')))
    await expect(library.run(() => Promise.resolve())).rejects.toMatchObject({status: 429})
    finish()
    await first
    await expect(second).rejects.toMatchObject({
      status: 422,
      message: 'The image cannot be processed: two.',
    })
    expect(await library.run(() => Promise.resolve('free'))).toBe('free')
  })

  it('gives up on an image that takes too long', async () => {
    const library = createImageLibrary()
    const {default: sharp} = await import('sharp')
    const input = await sharp({create: {width: 4000, height: 4000, channels: 3, background: 'red'}})
      .png()
      .toBuffer()
    const slow = library.run((open) =>
      open(input)
        .timeout({seconds: 1})
        .resize(8000, 8000)
        .blur(500)
        .sharpen({sigma: 10})
        .png()
        .toBuffer(),
    )
    await expect(slow).rejects.toMatchObject({status: 422})
  })
})
