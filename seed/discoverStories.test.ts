import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {discoverStories} from './discoverStories.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stories-'))
  await mkdir(join(folder, 'b'))
  await Promise.all(
    ['c.txt', 'a.txt', 'b/z.TXT', 'b/notes.md', 'plain'].map((name) =>
      writeFile(join(folder, name), name),
    ),
  )
})

afterEach(() => rm(folder, {recursive: true}))

const found = async (...paths: readonly string[]): Promise<string[]> => {
  const {files} = await discoverStories(paths)
  return files.map((file) => relative(folder, file))
}

test('a folder gives its .txt files and those of its sub-folders, sorted', async () => {
  expect(await found(folder)).toEqual(['a.txt', join('b', 'z.TXT'), 'c.txt'])
})

test('a named file may have any extension; files keep the order given', async () => {
  expect(await found(join(folder, 'plain'), join(folder, 'a.txt'))).toEqual(['plain', 'a.txt'])
})

test('a file named twice by different paths is read once', async () => {
  const path = join(folder, 'a.txt')
  expect(await found(path, relative(process.cwd(), path), folder)).toEqual([
    'a.txt',
    join('b', 'z.TXT'),
    'c.txt',
  ])
})

test('a link to its own folder is not followed', async () => {
  await symlink(folder, join(folder, 'b', 'loop'))
  expect(await found(folder)).toHaveLength(3)
})

test('a path that does not exist is refused', async () => {
  const {files, refused} = await discoverStories([join(folder, 'gone')])
  expect(files).toEqual([])
  expect(refused).toMatchObject([{line: 0, expected: 'a file or folder'}])
})
