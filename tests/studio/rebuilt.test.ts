import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake, startServer} from '@copydesk/lake'
import {expect, test} from 'vitest'

import {replaceStudio} from '../../scripts/command/replaceStudio.ts'

/** A built Studio with one page and some lazily loaded parts. */
const buildWith = async (folder: string, parts: readonly string[]): Promise<string> => {
  const studio = await mkdtemp(join(folder, 'fresh-'))
  await mkdir(join(studio, 'static'))
  await writeFile(join(studio, 'index.html'), parts.join())
  for (const part of parts) await writeFile(join(studio, 'static', part), part)
  return studio
}

test('a page of the previous build still gets its parts, a page of the build before that does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-rebuilt-'))
  const place = join(folder, 'studio')
  {
    await using lake = createLake({dataDir: join(folder, 'lake')})
    const server = await startServer({lake, port: 0, studio: {dir: place}})
    const get = async (path: string): Promise<[number, string]> => {
      const response = await fetch(server.url + path, {headers: {accept: 'text/html'}})
      return [response.status, await response.text()]
    }
    const part = async (name: string): Promise<number> =>
      (await fetch(`${server.url}/static/${name}`)).status

    const first = ['desk-aaaaaaaa.js', 'same-00000000.js']
    const second = ['desk-bbbbbbbb.js', 'same-00000000.js']
    const third = ['desk-cccccccc.js']
    await replaceStudio(await buildWith(folder, first), place)
    await replaceStudio(await buildWith(folder, second), place)
    expect(await get('/')).toEqual([200, second.join()])
    for (const name of [...first, ...second]) expect(await part(name)).toBe(200)

    await replaceStudio(await buildWith(folder, third), place)
    expect(await get('/')).toEqual([200, third.join()])
    for (const name of [...second, ...third]) expect(await part(name)).toBe(200)
    expect(await part('desk-aaaaaaaa.js')).toBe(404)

    // The same sources again: nothing is old, and nothing counts as new.
    await replaceStudio(await buildWith(folder, third), place)
    expect(await part('desk-cccccccc.js')).toBe(200)
    expect(await part('desk-bbbbbbbb.js')).toBe(404)
    await server.close()
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('fresh-'))).toEqual([])
  await rm(folder, {recursive: true})
})
