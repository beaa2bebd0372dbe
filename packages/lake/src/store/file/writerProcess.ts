import {openDataset} from '../openDataset.ts'
import {commit, testDocument} from '../testing.ts'

/** For tests: commits one transaction after another and prints each when it is durable. */
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
