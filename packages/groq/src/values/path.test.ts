import {expect, it} from 'vitest'

import {randomFrom} from '../spec/fuzz/random.ts'
import {Path} from './path.ts'

it.each([
  ['*', 'a', true],
  ['*', 'a.b', false],
  ['*', '', false],
  ['**', 'a.b.c', true],
  ['**', '', true],
  ['drafts.**', 'drafts.a', true],
  ['drafts.**', 'drafts', false],
  ['a.*.c', 'a.b.c', true],
  ['a.**.c', 'a.c', false],
  ['a.**.c', 'a.b.c.c', true],
  ['a*', 'ab', false],
])('%s has %s: %s', (pattern, id, expected) => {
  expect(new Path(pattern).matches(id)).toBe(expected)
})

const expression = (pattern: string): RegExp => {
  const parts = pattern.split('.').map((part) => {
    if (part === '*') return '[^.]+'
    return part === '**' ? '.*' : part
  })
  return new RegExp(`^${parts.join(String.raw`\.`)}$`)
}

it('matches what a regular expression would', () => {
  const random = randomFrom(5)
  const steps = ['a', 'b', '*', '**', ''] as const
  for (let times = 0; times < 20_000; times++) {
    const pattern = random.list(1, 5, () => random.pick(steps)).join('.')
    const id = random.list(1, 6, () => random.pick(['a', 'b', ''])).join('.')
    const found = new Path(pattern).matches(id)
    expect([pattern, id, found]).toEqual([pattern, id, expression(pattern).test(id)])
  }
})

it('takes no long time with many steps', () => {
  expect(new Path(`${'**.'.repeat(100)}b`).matches('a.'.repeat(500))).toBe(false)
})
