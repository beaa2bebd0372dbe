import {expect, test} from 'vitest'

import {decideProposal, quotedWords} from './decideProposal.ts'

const SPEAKER = 'body[_key=="l17"].markDefs[_key=="l17-q2"].speaker'
const proposal = (key: string, more: Record<string, unknown>) => ({
  _type: 'proposal',
  _key: key,
  line: 17,
  value: 'Elon Musk',
  ...more,
})
const flag = (key: string, code: string, line = 17) => ({_key: key, code, line})
const article = {
  byline: [{author: {_ref: 'author-a'}}],
  provenance: {
    reviewFlags: [
      flag('f1', 'captionUnverified'),
      flag('f2', 'proposal'),
      flag('f3', 'proposal'),
      flag('f4', 'proposal', 30),
    ],
    proposals: [
      proposal('p1', {field: 'elsewhere', topic: {_ref: 'topic-b'}}),
      proposal('p2', {field: SPEAKER, topic: {_ref: 'topic-a'}}),
      proposal('p3', {field: 'byline', value: 'Ada Quill', line: 6}),
      proposal('p4', {field: 'updatedAt', value: '2021-03-04T09:00:00.000Z', line: 7}),
    ],
  },
}
const decide = (key: string, decision: 'accepted' | 'rejected', authorId?: string) =>
  decideProposal(article, key, decision, {authorId, newKey: () => 'k'})

test('accepting a speaker sets it on the quotation and settles its flag', () => {
  expect(decide('p2', 'accepted')).toEqual([
    {set: {[SPEAKER]: {_type: 'reference', _ref: 'topic-a'}}},
    {
      set: {
        'provenance.proposals[_key=="p2"].decision': 'accepted',
        'provenance.reviewFlags[_key=="f3"].settled': true,
      },
    },
  ])
})

test('rejecting changes only the decision and the flag', () => {
  expect(decide('p1', 'rejected')).toEqual([
    {
      set: {
        'provenance.proposals[_key=="p1"].decision': 'rejected',
        'provenance.reviewFlags[_key=="f2"].settled': true,
      },
    },
  ])
})

test('accepting a name adds it to the byline, once', () => {
  const decided = {set: {'provenance.proposals[_key=="p3"].decision': 'accepted'}}
  expect(decide('p3', 'accepted', 'author-b')).toEqual([
    {setIfMissing: {byline: []}},
    {
      insert: {
        after: 'byline[-1]',
        items: [
          {
            _type: 'bylineEntry',
            _key: 'k',
            author: {_type: 'reference', _ref: 'author-b'},
            role: 'writer',
          },
        ],
      },
    },
    decided,
  ])
  expect(decide('p3', 'accepted', 'author-a')).toEqual([decided])
})

test('a name without an author document cannot be accepted; a time is set as proposed', () => {
  expect(decide('p3', 'accepted')).toEqual([])
  expect(decide('p4', 'accepted')[0]).toEqual({set: {updatedAt: '2021-03-04T09:00:00.000Z'}})
  expect(decide('unknown', 'accepted')).toEqual([])
})

test('finds the quotation of a proposed speaker across spans', () => {
  const children = [
    {text: 'He said ', marks: []},
    {text: 'one ', marks: ['l17-q2']},
    {text: 'two', marks: ['strong', 'l17-q2']},
  ]
  expect(quotedWords({body: [{_key: 'l17', children}]}, SPEAKER)).toBe('one two')
  expect(quotedWords({body: [{_key: 'l17', children}]}, 'byline')).toBeUndefined()
})
