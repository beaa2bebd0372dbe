/** For tests of history: a lake whose transactions have names and times, and the actions they share. */
import type {JsonObject} from '../../core/document.ts'
import {body, type TestLake, testLake} from '../testLake.ts'

export const on = (id: string) => ({publishedId: id, draftId: `drafts.${id}`})
export const edit = (id: string, n: number): JsonObject => ({
  actionType: 'document.edit',
  ...on(id),
  patch: {set: {n}},
})

const NAMES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven']

/** A lake that acts once a minute, in transactions named one, two, three… */
export const live = (...acts: readonly (readonly JsonObject[])[]): TestLake => {
  const lake = testLake()
  acts.forEach((actions, at) => {
    lake.act(actions, {transactionId: NAMES[at]})
    lake.pass(60)
  })
  return lake
}

export const createDraft = {
  actionType: 'document.create',
  publishedId: 'a',
  attributes: body('drafts.a', {n: 1}),
}
export const publish = {actionType: 'document.publish', ...on('a')}
