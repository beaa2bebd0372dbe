import type {ConfigContext, Tool} from 'sanity'
import {expect, test} from 'vitest'

import {forRoles} from './tools.ts'

const tools: Tool[] = ['structure', 'vision', 'releases'].map((name) => ({
  name,
  title: name,
  component: () => null,
}))

const namesFor = (...roles: readonly string[]) => {
  const currentUser = {
    id: 'ada',
    name: 'Ada',
    email: 'ada@example.org',
    role: '',
    roles: roles.map((name) => ({name, title: name})),
  }
  const context: Pick<ConfigContext, 'currentUser'> = {currentUser}
  return forRoles(tools, context).map(({name}) => name)
}

test('only administrators have the tool that runs any query', () => {
  expect(namesFor('administrator')).toEqual(['structure', 'vision', 'releases'])
  expect(namesFor('editor')).toEqual(['structure', 'releases'])
  expect(namesFor()).toEqual(['structure', 'releases'])
  expect(forRoles(tools, {currentUser: null}).map(({name}) => name)).not.toContain('vision')
})
