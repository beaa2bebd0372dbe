import {expect, test} from 'vitest'

import {fromFetchRequest} from '../http/exchange/fetchAdapter.ts'
import {jsonBody, jsonObjectBody} from './jsonBody.ts'
import {MAX_JSON_DEPTH} from './limits.ts'

const request = (body: BodyInit) =>
  fromFetchRequest(new Request('http://localhost/v1/x', {method: 'POST', body}))

test('reads JSON', async () => {
  expect(await jsonBody(request('{"a":[1,"\\"]["]}'), 100)).toEqual({a: [1, '"][']})
})

test.each([
  ['broken JSON', '{"a":', /not valid JSON/],
  ['nothing', '', /not valid JSON/],
  ['other encodings', new Uint8Array([0xff, 0xfe, 0x7b]), /not UTF-8/],
  [
    'a number beyond JSON',
    '{"a":[{"b":1},{"b":-1e400}]}',
    /^The body\.a\.1\.b is a number that is/,
  ],
  ['one without an exponent', '9'.repeat(400), /^The body is a number that is too large/],
  ['one with a fraction', `[1${'0'.repeat(320)}.5]`, /too large/],
  ['bottomless nesting', '['.repeat(MAX_JSON_DEPTH + 1), /nests deeper than 100 levels/],
])('refuses %s', async (_, body, message) => {
  await expect(jsonBody(request(body), 1000)).rejects.toThrow(message)
})

test('reads numbers that only look too large', async () => {
  const text = `{"1e400":[1e308,"9e999",0.5E-400,12E+3,${'9'.repeat(305)}]}`
  expect(await jsonBody(request(text), 1000)).toEqual(JSON.parse(text))
})

test('stops reading at the limit', async () => {
  await expect(jsonBody(request('"'.padEnd(1001, 'x')), 1000)).rejects.toMatchObject({status: 413})
})

test('brackets in strings do not nest', async () => {
  const text = '['.repeat(500)
  expect(await jsonBody(request(JSON.stringify(text)), 1000)).toBe(text)
})

test('wants an object where an object is due', async () => {
  await expect(jsonObjectBody(request('[]'), 100)).rejects.toThrow(/not a JSON object/)
})
