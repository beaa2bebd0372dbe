import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect, test} from 'vitest'

const SOURCE = join(import.meta.dirname, '..')

/** A transaction begun elsewhere would not handle failures: see `Connection.write`. */
test('transactions begin and end in sqliteConnection.ts only', () => {
  const files = readdirSync(SOURCE, {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) =>
      /['"`;]\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/.test(
        readFileSync(join(SOURCE, name), 'utf8'),
      ),
    )
  // The lock of the data folder is a transaction that never ends.
  expect(files.toSorted()).toEqual([
    join('datasets', 'folderLock.ts'),
    join('store', 'file', 'sqliteConnection.ts'),
  ])
})
