/** Opening archives: what is found, and what archives made by an attacker cannot do. */
import {mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {tarGzOf, zipOf} from '../testArchives.ts'
import {openArchive} from './openArchive.ts'
import {LIMITS, safePath} from './safePath.ts'
import {unpackTarGz} from './unpackTarGz.ts'
import {unpackZip} from './unpackZip.ts'

let folder: string
let work: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-'))
  work = join(folder, 'work')
  await mkdir(work)
})

afterEach(() => rm(folder, {recursive: true}))

async function put(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

const everythingBelow = async (path: string): Promise<string[]> =>
  (await readdir(path, {recursive: true, withFileTypes: true}))
    .filter((one) => !one.isDirectory())
    .map(({name}) => name)
    .toSorted()

test('a folder, sub-folders too, without links and hidden files', async () => {
  await mkdir(join(folder, 'in', 'deep'), {recursive: true})
  await writeFile(join(folder, 'in', 'b.txt'), 'b')
  await writeFile(join(folder, 'in', 'deep', 'a.txt'), 'a')
  await writeFile(join(folder, 'in', '.DS_Store'), 'x')
  await symlink('/etc/passwd', join(folder, 'in', 'link.txt'))
  const {entries, refused} = await openArchive([join(folder, 'in')], work)
  expect(entries.map(({path}) => path)).toEqual([
    join(folder, 'in', 'b.txt'),
    join(folder, 'in', 'deep', 'a.txt'),
  ])
  expect(refused).toEqual([])
})

test('a path that is not there is refused', async () => {
  const {refused} = await openArchive([join(folder, 'gone')], work)
  expect(refused.map(({found}) => found)).toEqual(['nothing by that name'])
})

describe.each([
  ['.zip', zipOf],
  ['.tar.gz', tarGzOf],
] as const)('a %s archive', (ending, pack) => {
  test('is unpacked, whatever its name', async () => {
    const content = 'word '.repeat(20_000)
    const path = await put(
      'posts',
      pack([
        {name: 'a/b.txt', content},
        {name: 'c.txt', content: ''},
      ]),
    )
    const {entries, refused} = await openArchive([path], work)
    expect(entries.map((entry) => entry.path)).toEqual(['posts/a/b.txt', 'posts/c.txt'])
    expect(await readFile(entries[0]?.file ?? '', 'utf8')).toBe(content)
    expect(refused).toEqual([])
  })

  test.each(['../evil.txt', 'a/../../evil.txt', '/tmp/evil.txt', '..\\evil.txt', 'C:\\evil.txt'])(
    'cannot write to %s',
    async (name) => {
      const path = await put(
        `x${ending}`,
        pack([
          {name, content: 'evil'},
          {name: 'good.txt', content: 'good'},
        ]),
      )
      const {entries, refused} = await openArchive([path], work)
      expect(entries.map((entry) => entry.path)).toEqual([`x${ending}/good.txt`])
      expect(refused.map(({found}) => found)).toEqual(['a name that leads out of the archive'])
      expect(await everythingBelow(folder)).toEqual(['good.txt', `x${ending}`])
    },
  )

  test('that is cut off is refused', async () => {
    const whole = pack([
      {name: 'a.txt', content: Buffer.from(Array.from({length: 5000}, (_, n) => (n * 7919) % 251))},
    ])
    const path = await put(`cut${ending}`, whole.slice(0, whole.length / 2))
    const {entries, refused} = await openArchive([path], work)
    expect(refused).toHaveLength(1)
    expect(entries.filter(({size}) => size === 5000)).toEqual([])
  })
})

describe('bombs', () => {
  const zeros = Buffer.alloc(4_000_000)

  test('in a .zip are not unpacked', async () => {
    const path = await put('bomb.zip', zipOf([{name: 'zeros.txt', content: zeros}]))
    const refused = await unpackZip(path, work)
    expect(refused.map(({found}) => found)).toEqual([
      expect.stringMatching(/^4000000 bytes packed into \d+$/),
    ])
    expect(await everythingBelow(work)).toEqual([])
  })

  test('that lie about their size are stopped', async () => {
    const path = await put('liar.zip', zipOf([{name: 'zeros.txt', content: zeros, claimed: 1000}]))
    const refused = await unpackZip(path, work)
    expect(refused.map(({found}) => found)).toEqual([
      'It unpacks to more than the 1000 bytes that the list says.',
    ])
  })

  test('in a .tar.gz are stopped', async () => {
    const path = await put('bomb.tar.gz', tarGzOf([{name: 'zeros.txt', content: zeros}]))
    await expect(unpackTarGz(path, work)).rejects.toThrow(/an archive that fits on a disk/)
  })

  test('of many files are refused before the first', async () => {
    const path = await put(
      'many.zip',
      zipOf([
        {name: 'a', content: 'a'},
        {name: 'b', content: 'b'},
      ]),
    )
    await expect(unpackZip(path, work, {...LIMITS, entries: 1})).rejects.toThrow(/2 files/)
    await expect(unpackZip(path, work, {...LIMITS, totalBytes: 1})).rejects.toThrow(/2 bytes/)
  })
})

test('links in archives are left out', async () => {
  const zip = await put('l.zip', zipOf([{name: 'link', content: '/etc/passwd', mode: 0o120777}]))
  expect((await unpackZip(zip, work)).map(({found}) => found)).toEqual(['a link'])
  const tar = await put('l.tar.gz', tarGzOf([{name: 'link', content: '', type: '2'}]))
  expect((await unpackTarGz(tar, work)).map(({found}) => found)).toEqual(['a symlink, not a file'])
  expect(await everythingBelow(work)).toEqual([])
})

test('a safe path stays below its folder', () => {
  expect(safePath('/w', 'a/b.txt')).toBe(join('/w', 'a', 'b.txt'))
  expect(safePath('/w', 'a..b/c')).toBe(join('/w', 'a..b', 'c'))
  for (const name of ['', '.', '..', 'a\0b', '//x', 'a/..'])
    expect(safePath('/w', name)).toBeUndefined()
})
