import {spawnSync} from 'node:child_process'

import {expect, test} from 'vitest'

const moduleUrl = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)

const SERVE = `
  const {createLake} = await import(${moduleUrl('../open/createLake.ts')})
  const {startServer} = await import(${moduleUrl('../server/startServer.ts')})
  const lake = createLake()
  const server = await startServer({lake, port: 0, host: '127.0.0.1'})
  const {get} = process.getBuiltinModule('node:http')
  const status = await new Promise((resolve) => {
    get(server.url + '/v1/data/query/production?query=1', (response) => resolve(response.statusCode))
  })
  console.log(status)`

const PRINT = `
  console.log(process.moduleLoadList.includes('NativeModule internal/deps/undici/undici'))
  process.exit()`

/** What a program prints, and whether it has loaded Node's fetch. */
const run = (program: string): readonly string[] => {
  const options = ['--input-type=module', '--eval', program + PRINT]
  return spawnSync(process.execPath, options, {encoding: 'utf8'}).stdout.trim().split('\n')
}

test('a server starts and answers without loading the fetch of Node', () => {
  expect(run(SERVE)).toEqual(['200', 'false'])
})

test('importing node:http loads the fetch of Node', () => {
  // Otherwise this version of Node no longer needs the module tested here.
  expect(run(`import 'node:http'`)).toEqual(['true'])
})
