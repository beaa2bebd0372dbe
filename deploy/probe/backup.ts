/** The backup of the timer's unit, restored into an empty folder, has the same documents. */
import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Place} from './place.ts'
import {lake, run} from './programs.ts'

/** Backs up three times and keeps two, then restores the newest. The lake is running. */
export const isBackedUp = async (place: Place): Promise<string> => {
  const backups = join(place.folder, 'backups')
  mkdirSync(join(backups, 'unfinished-by-a-power-cut'), {recursive: true})
  for (const time of ['2020-01-01T031000Z', '2020-01-02T031000Z']) mkdirSync(join(backups, time))
  const [, line = ''] =
    /^ExecStart=(.*)$/m.exec(place.installed('systemd/copydesk-backup.service')) ?? []
  const [command = '', ...argv] = line
    .replace('/var/backups/copydesk', backups)
    .replace(/ \d+$/, ' 2')
    .split(' ')
  execFileSync(command, argv)

  const [older, newest = '', ...more] = readdirSync(backups).toSorted()
  assert.deepEqual([older, more], ['2020-01-02T031000Z', []])

  const restored = join(place.folder, 'restored')
  const command_ = 'packages/lake/src/cli/lake.ts'
  await run(command_, 'restore', join(backups, newest), '--data', restored)
  const [before, after] = [join(place.folder, 'before.ndjson'), join(place.folder, 'after.ndjson')]
  await lake(place, 'export', before)
  await run(command_, 'export', after, '--data', restored)
  assert.deepEqual(documentsIn(after), documentsIn(before))
  return `${documentsIn(after).length} documents`
}

const documentsIn = (file: string): readonly string[] =>
  readFileSync(file, 'utf8').trim().split('\n').toSorted()
