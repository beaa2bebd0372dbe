import {globSync} from 'node:fs'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {prepareImport} from '../../seed/prepareImport.ts'
import {findings} from './findings.ts'
import {openNewsroom} from './newsroom.ts'

const seed = join(import.meta.dirname, '../../seed')

/** The schema's findings for all documents that an import of some files writes. */
const saidOf = async (files: readonly string[]) => {
  const {documents, refused} = await prepareImport(files)
  expect(refused).toEqual([])
  const newsroom = await openNewsroom(documents)
  try {
    const said = documents.map(async (document) => [
      ...(await findings(newsroom.client, document)),
      // Only the command line reports unknown fields.
      ...(await findings(newsroom.client, document, 'cli')).filter(({says}) =>
        says.includes('does not exist on type'),
      ),
    ])
    return (await Promise.all(said)).flat().map(({level, at, says}) => ({level, at, says}))
  } finally {
    await newsroom.close()
  }
}

test('the story is imported without errors, and its missing parts are reported', async () => {
  const missing = 'The picture itself is missing: upload it, or remove this entry.'
  const said = await saidOf([seed])
  // Rules that ask for other documents answer in any order.
  const inOrder = said.toSorted((a, b) => (`${a.at}` < `${b.at}` ? -1 : 1))
  expect(inOrder).toEqual(
    [
      {
        level: 'warning',
        at: 'url',
        says: 'Add a link to this work, so that readers can check it.',
      },
      {level: 'warning', at: 'leadMedia', says: missing},
      {level: 'warning', at: 'body[_key=="l22"]', says: missing},
      ...['l17-q1', 'l17-q2', 'l30-q1', 'l32-q1'].map((key) => ({
        level: 'warning',
        at: `body[_key=="${key.slice(0, 3)}"].markDefs[_key=="${key}"].speaker`,
        says: 'Choose the person or organisation who said this.',
      })),
    ].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  )
})

test.each(globSync(join(seed, 'fixtures/*.story')))(
  '%s is imported without an error',
  async (file) => {
    const said = await saidOf([file])
    expect(said.filter(({level}) => level === 'error')).toEqual([])
    expect(said.filter(({says}) => says.includes('does not exist'))).toEqual([])
  },
)
