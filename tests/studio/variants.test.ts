import {execFile} from 'node:child_process'
import {globSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {afterAll, describe, expect, it} from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'copydesk-variants-'))

afterAll(() => rmSync(folder, {recursive: true, force: true}))

/** Builds the Studio as `sanity deploy` does. @returns All of its code. */
const build = async (name: string, environment: Record<string, string>): Promise<string> => {
  const target = join(folder, name)
  const cli = join(root, 'node_modules', 'sanity', 'bin', 'sanity')
  await promisify(execFile)(process.execPath, [cli, 'build', target, '--yes'], {
    cwd: root,
    env: {...process.env, NODE_ENV: 'production', CI: '1', ...environment},
  })
  return globSync(join(target, 'static', '*.js'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

describe('the same configuration builds', () => {
  it('a Studio for the lake that serves it', {timeout: 300_000}, async () => {
    const code = await build('embedded', {
      SANITY_STUDIO_PROJECT_ID: 'copydesk',
      SANITY_STUDIO_DATASET: 'production',
      SANITY_STUDIO_API_HOST: '',
    })
    expect(code).toContain('http://localhost:3333')
    expect(code).not.toContain('zp7mbokg')
  })

  it('a Studio for a hosted project', {timeout: 300_000}, async () => {
    const code = await build('hosted', {
      SANITY_STUDIO_PROJECT_ID: 'zp7mbokg',
      SANITY_STUDIO_DATASET: 'newsroom',
    })
    expect(code).toContain('zp7mbokg')
    expect(code).toContain('newsroom')
  })
})
