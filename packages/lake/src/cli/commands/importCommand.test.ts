import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Readable} from 'node:stream'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {UsageError} from '../command.ts'
import {openShell, type Shell} from '../testShell.ts'
import {textLines} from '../textLines.ts'
import {checkDocumentFile, documentsIn} from './documentFile.ts'

let shell: Shell
beforeEach(() => {
  shell = openShell()
})
afterEach(() => shell.close())

const write = (text: string | Uint8Array): string => {
  const file = join(shell.folder, 'in.ndjson')
  writeFileSync(file, text)
  return file
}
const note = (_id: string, more: object = {}): string =>
  JSON.stringify({_id, _type: 'note', ...more})

/** A list of what an iterable gives. */
const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const split = async (...parts: readonly (string | Uint8Array)[]) => {
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))
  const lines = await all(textLines(Readable.from(bytes), 1000))
  return lines.map(({number, text}) => [number, text])
}

describe('lines', () => {
  test('end at \\n alone, wherever the bytes are cut', async () => {
    const text = '\ufeffa\u2028b\u2029c\u0085\r\n\n  \nä😀'
    const lines = [
      [1, 'a\u2028b\u2029c\u0085\r'],
      [2, ''],
      [3, '  '],
      [4, 'ä😀'],
    ]
    expect(await split(text)).toEqual(lines)
    expect(await split(...[...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toEqual(lines)
    expect(await split(`${text}\n`)).toEqual(lines)
    expect(await split()).toEqual([])
  })

  test('that are not UTF-8, or endless, are refused with their number', async () => {
    await expect(split('a\n', Uint8Array.of(0x61, 0xe4, 0x0a))).rejects.toMatchObject({
      line: 2,
      message: expect.stringContaining('not UTF-8'),
    })
    await expect(split('a\nb\n', 'x'.repeat(600), 'x'.repeat(600))).rejects.toMatchObject({line: 3})
  })
})

test('a file of another system is read: byte order mark, CRLF, empty lines, no last line break', async () => {
  const file = write(`\ufeff${note('a')}\r\n\r\n \n${note('b')}`)
  expect((await all(documentsIn(file))).map(({_id}) => _id)).toEqual(['a', 'b'])
  expect(await checkDocumentFile(file)).toBe(2)
})

test('documents of variants are imported before their definition, with their ids', async () => {
  await shell.start()
  const id = 'versions.N1b8v1abcdW4hnjB.a'
  const system = {
    bundleId: 'drafts',
    group: {_ref: 'a', _weak: true},
    scopeId: 'N1b8v1abcdW4hnjB',
    variants: [{_key: 'k', _ref: '_.variants.loyal'}],
  }
  const definition = {_id: '_.variants.loyal', _type: 'system.variant', name: 'loyal'}
  write(`${note(id, {_system: system})}\n${JSON.stringify(definition)}\n`)
  expect(await shell.lake('import', 'in.ndjson')).toMatchObject({code: 0})
  await shell.lake('export', 'out.ndjson')
  const exported = await all(documentsIn(join(shell.folder, 'out.ndjson')))
  expect(exported.find(({_id}) => _id === id)?.['_system']).toEqual(system)
})

test('what a lake exports it imports again, line separators and all', async () => {
  await shell.start()
  const text = 'line\u2028separator, paragraph\u2029separator, \u0085, \ufffd and 😀'
  write(`${note('a', {text})}\n`)
  expect(await shell.lake('import', 'in.ndjson')).toMatchObject({code: 0})
  await shell.lake('export', 'out.ndjson')
  expect(readFileSync(join(shell.folder, 'out.ndjson'), 'utf8')).toContain(text)
  expect(await shell.lake('import', 'out.ndjson')).toEqual({
    code: 0,
    out: 'Imported 1 document into production.\n',
    err: '',
  })
}, 60_000)

test.each([
  ['broken JSON', '{"_id":', /^:2: .*JSON/],
  ['a list', '[]', /^:2: expected a JSON object/],
  ['no type', '{"_id":"a"}', /^:2: a document must have "_id" and "_type"/],
  ['an asset to upload', note('b', {i: {_sanityAsset: 'image@x'}}), /^:2: .*dataset import/],
  ['an id twice', `\n${note('a')}`, /^:3: the id "a" is also in line 1/],
  ['no id', note('b c'), /^:2: "b c" is not a valid id/],
  ['a number too large', '{"_id":"b","_type":"n","price":1e400}', /^:2: "price" is a number that/],
  ['half a character', '{"_id":"b","_type":"n","t":"\\ud800"}', /^:2: .*half a surrogate pair/],
  ['too long a document', note('b', {t: 'x'.repeat(4_000_000)}), /^:2: the document has 40\d+ byt/],
  [
    'a reference of before the rules',
    note('b', {by: {_ref: 'a', role: 'editor'}}),
    /^:2: .*"role" not allowed in ref; move it out of "by", beside the reference \(in .* "b"\)\.$/,
  ],
  ['a name of before the rules', note('b', {'my field': 1}), /^:2: "my field" cannot name .*: use/],
  ['another encoding', Uint8Array.of(0x22, 0xe4, 0x22), /^:2: the line is not UTF-8/],
])('%s fails with the number of the line', async (_, bad, message) => {
  const file = write(Buffer.concat([Buffer.from(`${note('a')}\n`), Buffer.from(bad)]))
  const error = await checkDocumentFile(file).catch((refused: unknown) => refused)
  expect(error).toBeInstanceOf(UsageError)
  expect(String(error).replace(`UsageError: ${file}`, '')).toMatch(message)
})

test('nothing of a file with an error is written, nor of anything but an NDJSON file', async () => {
  await shell.start()
  write(`${note('a')}\n${note('a')}\n`)
  expect(await shell.lake('import', 'in.ndjson')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^lake: in\.ndjson:2: [^\n]*\nSee "lake --help"\.\n$/),
  })
  write(Uint8Array.of(0x1f, 0x8b, 8, 0))
  expect((await shell.lake('import', 'in.ndjson')).err).toMatch(/^lake: in\.ndjson is an archive/)
  expect((await shell.lake('import', '.lake')).err).toMatch(/^lake: \.lake is not a regular file/)
  expect((await shell.lake('status')).out).toContain('0 documents')
}, 60_000)

test('an import whose lake stops reports its progress, and a second run completes it', async () => {
  const url = await shell.start()
  const count = 120
  const text = 'x'.repeat(100_000)
  const ids = Array.from({length: count}, (_, n) => `n${n}`)
  write(ids.map((id) => `${note(id, {text, next: {_ref: ids.at(-1)}})}\n`).join(''))
  const events = await fetch(`${url}/v2025-02-19/data/listen/production?query=*`)
  const importing = shell.lake('import', 'in.ndjson')
  for await (const chunk of events.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    if (chunk.includes('event: mutation')) break
  }
  await shell.stop('SIGKILL')
  const {code, err} = await importing
  expect(code).toBe(1)
  expect(err).toMatch(
    /^lake: The lake at http:\S+ does not answer: .*\n\d+ of 120 documents were written/,
  )
  expect(err).not.toContain('    at ')

  await shell.start()
  expect((await shell.lake('import', 'in.ndjson')).out).toBe(
    'Imported 120 documents into production.\n',
  )
  await shell.lake('export', 'out.ndjson')
  const exported = await all(documentsIn(join(shell.folder, 'out.ndjson')))
  expect(exported.map(({next}) => next)).toEqual(ids.map(() => ({_ref: 'n119'})))
}, 60_000)
