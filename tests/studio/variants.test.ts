/** @module-tag long */
import {globSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, describe, expect, it} from 'vitest'

import {buildVariant, EMBEDDED} from './buildVariant.ts'

const folder = mkdtempSync(join(tmpdir(), 'copydesk-variants-'))

afterAll(() => rmSync(folder, {recursive: true, force: true}))

/** All code of a Studio built for an environment. */
const codeOf = async (name: string, environment: Record<string, string>): Promise<string> => {
  const target = join(folder, name)
  await buildVariant(target, environment)
  return globSync(join(target, 'static', '*.js'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

describe('the same configuration builds', () => {
  it('a Studio for the lake that serves it', {timeout: 300_000}, async () => {
    const code = await codeOf('embedded', EMBEDDED)
    expect(code).toContain('http://localhost:3333')
    expect(code).not.toContain('zp7mbokg')
  })

  it('a Studio for a hosted project', {timeout: 300_000}, async () => {
    const code = await codeOf('hosted', {
      SANITY_STUDIO_PROJECT_ID: 'zp7mbokg',
      SANITY_STUDIO_DATASET: 'newsroom',
    })
    expect(code).toContain('zp7mbokg')
    expect(code).toContain('newsroom')
  })
})
