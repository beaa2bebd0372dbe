/**
 * Test program for durability.test.ts, which kills it: commits to a dataset file again and again.
 * Arguments: file, name, count. Prints a number when its commit is on the disk.
 */
import {openDataset} from './openDataset.ts'
import {commit, testDocument} from './testCommits.ts'

const [file = '', name = '', count = ''] = process.argv.slice(2)
const store = openDataset({name: 'test', file})
for (let n = 1; n <= Number(count); n += 1) {
  commit(store, `${name}-${n}`, {
    put: [
      testDocument(`${name}-${n}`, {n, author: {_ref: name}, text: 'x'.repeat(3000)}),
      testDocument(name, {n}),
    ],
  })
  process.stdout.write(`${n}\n`)
}
store.close()
