import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import {openAssetFiles} from './assetFiles.ts'
import type {FileName} from './assetName.ts'
import {bodyOf, createTestAssets, quadrants} from './testAssets.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-files-'))
})
afterEach(() => rm(folder, {recursive: true, force: true}))

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

const asset = (sha1: string): FileName => ({kind: 'file', sha1, extension: 'txt'})

/** A process that has received half of an upload when it says so. */
const uploader = `
  import {openAssetFiles} from ${JSON.stringify(new URL('assetFiles.ts', import.meta.url).href)}
  async function* slow() {
    yield Buffer.from('half')
    process.stdout.write('half')
    await new Promise((resolve) => setTimeout(resolve, 60_000))
  }
  await openAssetFiles(process.argv[1]).receive(slow(), 1000)
`

describe('openAssetFiles', () => {
  it('touches nothing on disk before the first upload', async () => {
    const files = openAssetFiles(join(folder, 'none'))
    expect(await files.find(asset('a'.repeat(40)))).toBeUndefined()
    expect(await files.list()).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })

  it('refuses what is longer than the limit while it arrives', async () => {
    const files = openAssetFiles(folder)
    let sent = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sent += 1
        yield Buffer.alloc(100)
      }
    }
    await expect(files.receive(endless(), 1000)).rejects.toMatchObject({status: 413})
    expect(sent).toBe(11)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('has the whole file or none after a kill, and clears what the dead process left', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', uploader, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    expect(await readdir(join(folder, 'incoming'))).toEqual([
      expect.stringMatching(/^\d+-.*\.part$/),
    ])
    expect(await readdir(join(folder, 'files'))).toEqual([])

    const files = openAssetFiles(folder)
    const received = await files.receive(pieces('who', 'le'), 1000)
    expect(await readdir(join(folder, 'incoming'))).toHaveLength(1)
    await files.keep(received, asset(received.sha1))
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
    expect(await files.list()).toEqual([asset(received.sha1)])
  })

  it('leaves the uploads of a process that runs alone', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', uploader, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await once(child.stdout, 'data')
      const files = openAssetFiles(folder)
      await files.discard(await files.receive(pieces('mine'), 1000))
      expect(await readdir(join(folder, 'incoming'))).toEqual([
        expect.stringMatching(new RegExp(`^${child.pid}-`)),
      ])
    } finally {
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    }
  })

  it('gives another dataset its files', async () => {
    const [from, to] = [openAssetFiles(join(folder, 'a')), openAssetFiles(join(folder, 'b'))]
    const received = await from.receive(pieces('shared'), 1000)
    await from.keep(received, asset(received.sha1))
    await from.copyTo(to)
    await from.copyTo(to)
    expect(from.removeUnless(asset(received.sha1), Infinity, () => false)).toBe(true)
    const copy = await to.find(asset(received.sha1))
    expect(String(await readFile(copy?.path ?? ''))).toBe('shared')
    expect(await readdir(join(folder, 'b', 'incoming'))).toEqual([])
  })
})

describe('the room', () => {
  it('keeps the bytes of a deleted document until a sweep', async () => {
    await using lab = await createTestAssets()
    const kept = await lab.upload('image', await quadrants(20, 20))
    const gone = await lab.upload('file', Buffer.from('gone'))
    lab.documents.delete(String(gone['_id']))
    expect((await lab.serve(gone)).status).toBe(200)
    const has = (id: string): boolean => lab.documents.has(id)
    expect(await lab.assets.sweep('production', has, Date.now() - 60_000)).toEqual([])
    expect(await lab.assets.sweep('production', has, Date.now() + 60_000)).toEqual([gone['_id']])
    await expect(lab.serve(gone)).rejects.toMatchObject({status: 404})
    expect((await lab.serve(kept)).status).toBe(200)
  })

  it('copies datasets, and creates a removed folder again', async () => {
    await using lab = await createTestAssets()
    const document = await lab.upload('file', Buffer.from('copied'))
    await lab.assets.copyDataset('production', lab.options.datasetFolder('staging'))
    lab.assets.forget('production')
    await rm(lab.options.datasetFolder('production'), {recursive: true})
    await expect(lab.serve(document)).rejects.toMatchObject({status: 404})
    const moved = {...document, path: String(document['path']).replace('production', 'staging')}
    expect(String(await bodyOf(await lab.serve(moved)))).toBe('copied')
    expect((await lab.upload('file', Buffer.from('copied')))['_id']).toBe(document['_id'])
    for (const dataset of ['..', '', 'a/b', 'A']) {
      const path = `files/newsroom/${dataset}/${'a'.repeat(40)}.txt`
      await expect(lab.serve({path})).rejects.toMatchObject({status: 404})
    }
  })
})
