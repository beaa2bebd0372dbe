/** GROQ that may break programs. Each query follows from the random choices alone. */
import type {Random} from '../../../packages/groq/src/spec/fuzz/random.ts'

const ATOMS = [
  '_id',
  '_type',
  '@',
  '^',
  '^.^',
  '$x',
  '$constructor',
  'null',
  'true',
  '1',
  '-1',
  '1e309',
  '"a"',
  '"drafts.**"',
  "'\\u005f_proto__'",
  '*',
  'now()',
  'identity()',
  'a[]',
  'a->b',
  'a[0]',
  'constructor',
  '__proto__',
  'before()',
  'after()',
] as const
const OPERATORS = [
  '==',
  '!=',
  '<',
  '<=',
  'in',
  'match',
  '&&',
  '||',
  '+',
  '-',
  '*',
  '/',
  '%',
  '**',
  '..',
  'asc',
] as const
const FUNCTIONS = [
  'count',
  'defined',
  'length',
  'references',
  'coalesce',
  'select',
  'round',
  'lower',
  'upper',
  'string',
  'array::join',
  'array::unique',
  'array::compact',
  'math::sum',
  'dateTime',
  'pt::text',
  'geo::distance',
  'string::split',
  'string::startsWith',
  'score',
  'boost',
  'order',
  'path',
  'constructor',
  'sanity::versionsOf',
  'sanity::partOfRelease',
  'diff::changedAny',
  'releases::all',
] as const

const expression = (random: Random, depth: number): string => {
  const choice = random.number(depth > 3 ? 3 : 10)
  if (choice < 3) return random.pick(ATOMS)
  if (choice < 6)
    return `${expression(random, depth + 1)} ${random.pick(OPERATORS)} ${expression(random, depth + 1)}`
  if (choice < 8) {
    return `${random.pick(FUNCTIONS)}(${random.list(0, 3, () => expression(random, depth + 1)).join(', ')})`
  }
  return choice === 8
    ? `(${expression(random, depth + 1)})`
    : `[${random.list(0, 4, () => expression(random, depth + 1)).join(', ')}]`
}

/** A query: possibly valid, certainly invalid, or sometimes costly. */
export const hostileGroq = (random: Random): string => {
  const choice = random.number(100)
  if (choice < 45)
    return `*[${expression(random, 0)}]${random.pick(['', '{_id}', '[0]', '[0...5]', ' | order(_id)', '{...}', '._id', '[]', '{"a":^.b}', '|score(a match "b")'])}`
  if (choice < 75) return expression(random, 0)
  if (choice < 80)
    return random.pick([
      '',
      '*[',
      '//',
      '*[0',
      '{',
      '"',
      "'",
      '*{',
      '$',
      '((',
      '*|',
      '*[_id == "\\ud800"]',
      '*[@ == *]',
      '\u0000',
      '*[_type == "note"]{..., "x": *[references(^._id)]}',
    ])
  if (choice < 84) return '('.repeat(random.number(400)) + '1' + ')'.repeat(random.number(400))
  if (choice < 88)
    return `*[${Array.from({length: random.number(200)}, (_, n) => `a == ${n}`).join(' || ')}]`
  if (choice < 92)
    return `*[text match [${Array.from({length: random.number(60)}, (_, n) => `"*a${n}*"`).join(',')}]]`
  if (choice < 96) return `[${Array.from({length: random.number(500)}, () => '{"a":1}').join(',')}]`
  return `*{"a": *{"b": *[0...${random.number(50)}]._id}}[0...3]`
}
