import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {describe, expect, it} from 'vitest'

import {describeLicences, installedFor, readLockfile} from '../scripts/licences.ts'

/** Licences that allow use in a newsroom's own systems without publishing those. */
const ACCEPTED = new Set([
  '(EDL-1.0 OR EPL-1.0)',
  '(MIT OR CC0-1.0)',
  '(MPL-2.0 OR Apache-2.0)',
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 AND LGPL-3.0-or-later',
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Public Domain',
])

describe('THIRD-PARTY-LICENSES', () => {
  it('is current (else run: npm run licences)', () => {
    const file = join(import.meta.dirname, '..', 'THIRD-PARTY-LICENSES')
    expect(readFileSync(file, 'utf8')).toBe(describeLicences(readLockfile()))
  })

  it('names accepted licences only', () => {
    const others = installedFor(readLockfile(), '').filter(({licence}) => !ACCEPTED.has(licence))
    expect(others).toEqual([])
  })

  it('follows the lockfile as Node resolves packages, without what is for development', () => {
    const lockfile = {
      packages: {
        '': {dependencies: {own: '1', a: '1'}, devDependencies: {d: '1'}},
        'node_modules/own': {link: true, resolved: 'packages/own'},
        'packages/own': {dependencies: {b: '1'}},
        'packages/own/node_modules/b': {version: '9', license: 'ISC'},
        'node_modules/a': {version: '1', license: 'MIT', optionalDependencies: {b: '1', gone: '1'}},
        'node_modules/a/node_modules/b': {version: '2', license: 'GPL-3.0'},
        'node_modules/b': {version: '1', license: 'MIT', peerDependencies: {c: '1'}},
        'node_modules/c': {version: '1'},
        'node_modules/d': {version: '1', license: 'MIT'},
      },
    }
    const listed = (from: string): readonly string[] =>
      installedFor(lockfile, from).map(
        ({name, version, licence}) => `${name} ${version} ${licence}`,
      )
    expect(listed('')).toEqual(['a 1 MIT', 'b 2 GPL-3.0', 'b 9 ISC'])
    expect(listed('packages/own')).toEqual(['b 9 ISC'])
    expect(listed('node_modules/b')).toEqual(['b 1 MIT', 'c 1 unknown'])
  })
})
