import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect, test} from 'vitest'

const SOURCE = join(import.meta.dirname, '..')

/** Where a transaction is begun by hand, its failure is forgotten: see `Connection.write`. */
test('transactions begin and end in the connection, and nowhere else', () => {
  const files = readdirSync(SOURCE, {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) =>
      /['"`;]\s*(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/.test(
        readFileSync(join(SOURCE, name), 'utf8'),
      ),
    )
  // The lock of the data folder is held by a transaction that never ends.
  expect(files.toSorted()).toEqual([
    join('datasets', 'folderLock.ts'),
    join('store', 'file', 'connection.ts'),
  ])
})
