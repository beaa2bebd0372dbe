/** Asks systemd whether it understands the units, and how much they may do. */
import assert from 'node:assert/strict'
import {execFile} from 'node:child_process'
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {openPlace, root} from './place.ts'

/** systemd's own scale is from 0, which is safest, to 10. */
const MOST_EXPOSURE = 4

/** @throws Error with what systemd finds wrong */
export const unitsAreSound = async (): Promise<string> => {
  using place = await openPlace()
  const folder = join(place.folder, 'systemd')
  mkdirSync(folder)
  const names = readdirSync(join(root, 'deploy', 'systemd'))
  const files = names.map((name) => join(folder, name))
  for (const [index, name] of names.entries()) {
    writeFileSync(files[index] ?? '', place.installed(join('systemd', name)))
  }
  const verified = await analyze('verify', ...files)
  assert.equal(verified, '')
  const threshold = `--threshold=${MOST_EXPOSURE * 10}`
  const services = files.filter((file) => file.endsWith('.service'))
  await analyze('security', '--offline=yes', threshold, '--no-pager', ...services)
  return names.join(', ')
}

const analyze = async (...argv: readonly string[]): Promise<string> => {
  const {stdout, stderr} = await promisify(execFile)('systemd-analyze', argv)
  return argv[0] === 'verify' ? stdout + stderr : ''
}
