import {globSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {expect, it} from 'vitest'

const lake = join(dirname(fileURLToPath(import.meta.url)), '..')

it('every module that a thread or process begins with is part of the package', () => {
  const {files}: {files: string[]} = JSON.parse(
    readFileSync(join(lake, 'tsconfig.pack.json'), 'utf8'),
  )
  const workers = globSync('src/**/*Worker.ts', {cwd: lake})
  expect(workers.length).toBeGreaterThan(2)
  expect(files).toEqual(expect.arrayContaining(workers))
})
