import {expect, test} from 'vitest'

import {QueryError} from '../core/errors.ts'
import {parseQuery} from './parse.ts'

const refusal = (query: string): {description: string; place: string} => {
  try {
    parseQuery(query)
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    const {start, end} = error.details
    return {description: error.message, place: query.slice(Number(start), Number(end))}
  }
  throw new Error(`${query} was read.`)
}

test.each([
  ['*[_type = "article"]', '=', 'GROQ compares with "==": "=" alone means nothing here'],
  ['*[a === 1]', '===', 'GROQ compares with "==", not with "==="'],
  ['*[a !== 1]', '!==', 'GROQ compares with "!=", not with "!=="'],
  ['*[a and b]', 'and', '"and" is no operator of GROQ: write "&&"'],
  ['*[a OR b]', 'OR', '"OR" is no operator of GROQ: write "||"'],
  ['*[not a]', 'not', '"not" is no operator of GROQ: write "!"'],
  ['[1,, 2]', ',,', 'expected an expression between the two commas'],
  ['select * from articles', 's', 'this is SQL: a query of GROQ begins with "*"'],
  ['*{"title" headline}', 'h', 'unexpected "headline", expected ":" after the key'],
  ['*{a b}', 'b', 'unexpected "b", expected an operator, "," or "}"'],
  ['*[a == ]', ']', 'unexpected "]", expected an expression'],
  ['*[a == 1] b', 'b', 'unexpected "b", expected an operator or the end of the query'],
  ['*[a == "b]', '"', 'this string is not closed'],
  ['*[_type == "a"', '', 'unexpected end-of-file, expected "]" for the "[" at position 1'],
  ['*[_type == "=="', '', 'unexpected end-of-file, expected "]" for the "[" at position 1'],
  ['*{a, "b": [1', '', 'unexpected end-of-file, expected "]" for the "[" at position 10'],
  ['*[', '', 'unexpected end-of-file, expected expression'],
  ['*[a ==', '', 'unexpected end-of-file, expected expression'],
  ['', '', 'unexpected end-of-file, expected expression'],
  ['// and = nothing else', '', 'unexpected end-of-file, expected expression'],
])('%s', (query, place, reason) => {
  const {description, place: found} = refusal(query)
  expect(description).toContain(reason)
  expect(found).toBe(place)
})
