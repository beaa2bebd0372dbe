/** Comments, messages and documentation use the words of a native engineer or editor. */
import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {findPhrases} from './plainEnglish/phrases.ts'
import {proseOfCode, proseOfMarkdown, proseOfScript, type Prose} from './plainEnglish/prose.ts'

const root = join(import.meta.dirname, '..')

/** Words of others (stories, clipboards), generated files, and the phrases themselves. */
const LEFT_OUT = /\/fixtures\/|\.generated\.|^tests\/plainEnglish/

const proseOf = (file: string, content: string): readonly Prose[] => {
  if (file.endsWith('.md')) return proseOfMarkdown(content)
  if (/\.(?:tsx?|mjs)$/.test(file)) return proseOfCode(content)
  return file === '.ci/run' || /\.ya?ml$/.test(file) ? proseOfScript(content) : []
}

const findingsIn = (file: string, content: string): string[] =>
  proseOf(file, content).flatMap((prose) =>
    findPhrases(prose).map((finding) => `${file}:${finding}`),
  )

test('no file has a phrase that reads like a translation', () => {
  const files = execFileSync('git', ['ls-files', '-z'], {cwd: root, encoding: 'utf8'})
    .split('\0')
    .filter((file) => file !== '' && !LEFT_OUT.test(file) && existsSync(join(root, file)))
  expect(files.length).toBeGreaterThan(700)
  const findings = files.flatMap((file) => findingsIn(file, readFileSync(join(root, file), 'utf8')))
  expect(findings).toEqual([])
})

test('a phrase is found in comments, strings, templates and pages, with its line', () => {
  const code = [
    '/**',
    ' * Listeners that are',
    ' * told about a commit.',
    ' */',
    "const pattern = /it's/",
    "const word = 'Small mends are not listed'",
    'const message = `${word} at the most ${[`anew`].join()}` // whoever asks',
  ].join('\n')
  expect(findingsIn('a.ts', code)).toEqual([
    'a.ts:2: “are told”; better: is notified, receives; reports',
    'a.ts:6: “mends”; better: fix',
    'a.ts:7: “at the most”; better: at most',
    'a.ts:7: “anew”; better: again, from scratch',
    'a.ts:7: “whoever”; better: the caller, the user, anyone who',
  ])
  expect(findingsIn('a.md', 'One.\n\nFix it, `mend`, lately.')).toEqual([
    'a.md:3: “lately”; better: recently',
  ])
  expect(findingsIn('.ci/run', '# runs now and then')).toEqual([
    '.ci/run:1: “now and then”; better: sometimes',
  ])
})

test('code is not prose', () => {
  const code = 'const mend = heed(anew) / 2 + whoever.told / 3\nconst html = /<a href="(lately)">/'
  expect(findingsIn('a.ts', code)).toEqual([])
})
