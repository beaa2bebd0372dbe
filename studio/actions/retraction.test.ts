import {expect, test} from 'vitest'

import {retraction} from './retraction.ts'

test('a retraction keeps earlier corrections and says why above the story', () => {
  const now = new Date('2021-07-14T09:00:00.000Z')
  const earlier = {_key: 'a', kind: 'correction'}
  expect(retraction({corrections: [earlier]}, ' It was not true. ', now, 'k')).toEqual({
    set: {
      corrections: [
        earlier,
        {
          _key: 'k',
          _type: 'correction',
          kind: 'retraction',
          text: 'It was not true.',
          madeAt: '2021-07-14T09:00:00.000Z',
          show: 'top',
        },
      ],
      pubStatus: 'retracted',
      updatedAt: '2021-07-14T09:00:00.000Z',
    },
  })
})
