import {execFile} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import sharp from 'sharp'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import {LakeError} from '../../core/errors.ts'
import type {ImageFormat} from '../images/imageFormat.ts'
import {parseTransformation} from '../images/transformation.ts'
import {createImageLibrary, type ImageLibrary, type ImageSource} from './imageLibrary.ts'

const run = promisify(execFile)

/** Runs a script in a process of its own, which ends by saying whether sharp was loaded. */
const loadsSharp = async (script: string): Promise<unknown> => {
  const here = JSON.stringify(new URL('../testAssets.ts', import.meta.url).href)
  const room = JSON.stringify(new URL('../assets.ts', import.meta.url).href)
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
    signal: new AbortController().signal,
  })
  const documents = {get: () => undefined, create: (document) => document}
  const upload = (kind, body) => assets.upload(request('POST', body), {kind, dataset: 'd', documents})
  const {document} = JSON.parse((await upload('file', Buffer.from('text'))).body)
  await assets.serve(request('GET'), {kind: 'file', projectId: 'p', dataset: 'd', name: document.path.split('/').at(-1)})
`

describe('sharp', () => {
  it('is in no lake: not before the first image, nor after it', async () => {
    const clean = 'assets.close(); rmSync(folder, {recursive: true});'
    expect(await loadsSharp(fileUpload + clean)).toBe(false)
    const pixel = `Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')`
    // Not closed: a process that waits for an image keeps no other from ending.
    const image = `
      const {document: image} = JSON.parse((await upload('image', ${pixel})).body)
      if (image.metadata.blurHash === undefined) throw new Error('no blurHash')
      rmSync(folder, {recursive: true});`
    expect(await loadsSharp(fileUpload + image)).toBe(false)
  })
})

/** A few kilobytes that take minutes to draw in the size that is asked for. */
const endlessSvg = (side = 12_000): string => {
  const kernel = '1 '.repeat(900)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><filter id="f">` +
    `<feConvolveMatrix order="30" kernelMatrix="${kernel}"/></filter>` +
    `<rect width="${side}" height="${side}" filter="url(#f)"/></svg>`
  )
}
const SVG = {extension: 'svg', mimeType: 'image/svg+xml', support: 'vector'} as const
const PNG = {extension: 'png', mimeType: 'image/png', support: 'pixels'} as const

const small = () => sharp({create: {width: 9, height: 6, channels: 3, background: 'red'}}).png()

const refusalOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof LakeError ? [error.status, error.message] : error),
  )
const isRunning = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('createImageLibrary', () => {
  let folder: string
  let library: ImageLibrary
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lake-images-'))
  })
  afterEach(() => {
    library.close()
    rmSync(folder, {recursive: true})
  })

  const source = (name: string, bytes: string | Uint8Array, format: ImageFormat = SVG) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return {path, format, sha1: name, client: '', signal: new AbortController().signal}
  }
  const draw = (image: ImageSource) =>
    library.render(image, {
      size: {width: 12_000, height: 12_000},
      transformation: parseTransformation(new URLSearchParams('w=8000')),
      output: 'png',
    })
  it('starts a process with the first image, and uses it for the next', async () => {
    library = createImageLibrary()
    expect(library.processes).toEqual([])
    const image = source('a', await small().toBuffer(), PNG)
    expect(await library.header(image)).toEqual({width: 9, height: 6, hasAlpha: false, frames: 1})
    const [first] = library.processes
    expect(await library.metadata(image, {width: 9, height: 6, hasAlpha: false}, [])).toEqual({
      isOpaque: true,
    })
    expect(library.processes).toEqual([first])
    library.close()
    await expect.poll(() => isRunning(first)).toBe(false)
    expect(await refusalOf(library.header(image))).toEqual([429, 'The lake is closing.'])
  })

  it('ends a process that has nothing to do', async () => {
    library = createImageLibrary({idleTime: 10})
    await library.header(source('a', await small().toBuffer(), PNG))
    await expect.poll(() => library.processes).toEqual([])
    expect(await library.header(source('a', await small().toBuffer(), PNG))).toMatchObject({
      width: 9,
    })
  })

  it('ends what takes too long, and does not try it again', async () => {
    library = createImageLibrary({vectorTimeout: 400})
    const image = source('slow', endlessSvg())
    const slow = refusalOf(draw(image))
    const waiting = refusalOf(library.header(image))
    await expect.poll(() => library.processes).toHaveLength(1)
    const [pid] = library.processes
    const refused = [422, 'The image cannot be processed: it takes longer than 0.4 seconds.']
    expect(await slow).toEqual(refused)
    expect(await waiting).toEqual(refused)
    await expect.poll(() => isRunning(pid)).toBe(false)
    // At whatever size, and as an upload: no process is started for it.
    expect(await refusalOf(draw(image))).toEqual(refused)
    expect(await refusalOf(library.header(image))).toEqual(refused)
    expect(library.processes).toEqual([])
    // Others are drawn.
    expect(await library.header(source('quick', endlessSvg(10)))).toMatchObject({width: 10})
  })

  it('has room for other images while SVGs take long', async () => {
    library = createImageLibrary({vectorTimeout: 60_000, unwantedTime: 0})
    const gone = new AbortController()
    const slow = Array.from({length: 5}, (_, n) =>
      refusalOf(draw({...source(`slow${n}`, endlessSvg()), signal: gone.signal})),
    )
    await expect.poll(() => library.processes).toHaveLength(1)
    for (let n = 0; n < 3; n++) {
      const header = await library.header(source('a', await small().toBuffer(), PNG))
      expect(header).toMatchObject({width: 9})
    }
    expect(library.processes).toHaveLength(2)
    const [drawing] = library.processes
    gone.abort()
    expect(await Promise.all(slow)).toEqual(slow.map(() => [400, 'The client went away.']))
    await expect.poll(() => isRunning(drawing)).toBe(false)
  })

  it('adds up the time of clients that go away', async () => {
    library = createImageLibrary({vectorTimeout: 300, unwantedTime: 200})
    const image = source('slow', endlessSvg())
    const seen: unknown[] = []
    for (let n = 0; n < 3; n++) {
      const gone = AbortSignal.timeout(1)
      seen.push(await refusalOf(draw({...image, signal: gone})))
    }
    // Never so long at a time, but together.
    expect(seen.at(-1)).toEqual([422, expect.stringContaining('takes longer')])
  })

  it('survives its processes', async () => {
    library = createImageLibrary({vectorTimeout: 60_000})
    await library.header(source('a', await small().toBuffer(), PNG))
    const slow = refusalOf(draw(source('slow', endlessSvg())))
    process.kill(library.processes[0] ?? 0, 'SIGKILL')
    expect(await slow).toEqual([422, expect.stringContaining('needs too much memory')])
    expect(await library.header(source('a', await small().toBuffer(), PNG))).toMatchObject({
      width: 9,
    })
  })

  it('ends what needs too much memory', async () => {
    library = createImageLibrary({memory: 1_000_000})
    const work = draw(source('large', endlessSvg()))
    expect(await refusalOf(work)).toEqual([422, expect.stringContaining('too much memory')])
    expect(await library.header(source('a', await small().toBuffer(), PNG))).toMatchObject({
      width: 9,
    })
  })

  it('says in one line what is wrong with an image', async () => {
    library = createImageLibrary()
    expect(await refusalOf(library.header(source('a', 'no image', PNG)))).toEqual([
      422,
      expect.stringMatching(/^The image cannot be processed: [^\n]*\.$/),
    ])
  })
})
