import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'

import {expect, test} from 'vitest'

import {commandWords, describeDestinations, destinationOf} from './officialCommands.ts'

const here = createRequire(import.meta.url)
const cli = dirname(here.resolve('@sanity/cli/package.json'))

const commandsOf = (folder: string): string[] => {
  const manifest: {commands: Record<string, unknown>} = JSON.parse(
    readFileSync(join(folder, 'oclif.manifest.json'), 'utf8'),
  )
  return Object.keys(manifest.commands)
}

/** Of the CLI and of the packages that add commands to it. */
const installed = (): string[] => {
  const config = readFileSync(join(cli, 'oclif.config.js'), 'utf8')
  const [, list = ''] = /plugins: \[([^\]]*)\]/.exec(config) ?? []
  const plugins = [...list.matchAll(/'(@sanity\/[^']+)'/g)].map(([, name = '']) =>
    join(cli, '..', '..', name),
  )
  return [cli, ...plugins].flatMap(commandsOf)
}

test('every command of the installed CLI has a place, those of plugins included', () => {
  const commands = installed()
  expect(commands.length).toBeGreaterThan(100)
  expect(commands.filter((id) => destinationOf(commandWords([id])) === undefined)).toEqual([])
})

test.each([
  [['dataset', 'list'], 'lake'],
  [['dataset:list'], 'lake'],
  [['documents', 'query', '*[_type == "deploy"]'], 'lake'],
  [['migration', 'run', 'rename'], 'lake'],
  [['migration', 'list'], 'local'],
  [['schema', 'extract'], 'local'],
  [['versions'], 'local'],
  [['deploy', '--yes'], 'refused'],
  [['dataset', 'alias', 'create', 'x'], 'refused'],
  [['login'], 'refused'],
  [['documents', 'validate', '--yes'], 'lake'],
  [['users', 'list'], 'lake'],
  [['hook', 'list'], 'lake'],
  [['hook', 'create'], 'refused'],
  [['user', 'invite', 'a@example.org'], 'refused'],
  [['projects', 'list'], 'lake'],
  [['projects', 'create'], 'refused'],
  [['organisation', 'list'], 'refused'],
])('%j goes to: %s', (words, kind) => {
  expect(destinationOf(commandWords(words))?.kind).toBe(kind)
})

test('the table of the README says where each command of the lists belongs', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')
  const rows = [...readme.matchAll(/^\| (`.*?`) +\| (lake|local|refused) +\|/gm)]
  const places = rows.flatMap(([, names = '', kind]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({name, kind})),
  )
  expect(places.map(({name}) => ({name, kind: destinationOf(name.split(' '))?.kind}))).toEqual(
    places,
  )
  const listed = describeDestinations()
    .filter((line) => line.startsWith('  '))
    .flatMap((line) => line.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  expect(places.map(({name}) => name).toSorted()).toEqual(listed.toSorted())
})

test('only commands that say so ask the npm registry', () => {
  const asking = installed()
    .map((id) => commandWords([id]))
    .filter((words) => {
      const destination = destinationOf(words)
      return destination?.kind === 'local' && destination.registry
    })
  expect(asking).toEqual([['codemod'], ['versions']])
})

test('an unknown command has no place', () => {
  expect(destinationOf(['explode'])).toBeUndefined()
  expect(destinationOf([])).toBeUndefined()
})

test('the words of a command end at its first option', () => {
  expect(commandWords(['dataset', 'export', '--types', 'a'])).toEqual(['datasets', 'export'])
})
