import {setImmediate} from 'node:timers/promises'

import {expect, test} from 'vitest'

import {
  type PublishingDesk,
  publishWhenSettled,
  type SettledDocument,
} from './publishWhenSettled.ts'

const never = new AbortController().signal
const nothing = () => []
const stamp = [{set: {firstPublishedAt: '2021-02-14T12:31:00.000Z'}}]

const draftAt = (revision: string) => ({
  _id: 'drafts.a',
  _type: 'article',
  _rev: revision,
  _createdAt: '2021-02-14T12:31:00Z',
  _updatedAt: '2021-02-14T12:31:00Z',
})

const conflict = Object.assign(new Error('The draft has changed.'), {statusCode: 409})

/** A desk with one draft, and the calls it received, in order. */
const openDesk = (overrides: Partial<PublishingDesk> = {}) => {
  const asked: string[] = []
  let revision = 1
  let isOut = false
  const desk: PublishingDesk = {
    settled: async (signal, isAwaited = () => true) => {
      for (;;) {
        signal.throwIfAborted()
        const now: SettledDocument = {
          draft: isOut ? null : draftAt(String(revision)),
          published: null,
        }
        if (isAwaited(now)) return now
        await setImmediate()
      }
    },
    findings: async (document) => {
      asked.push(`check ${document._rev}${document['firstPublishedAt'] ? ' stamped' : ''}`)
      return []
    },
    write: () => {
      asked.push('write')
      revision += 1
    },
    publish: async (draft) => {
      asked.push(`publish ${draft._rev}`)
      if (draft._rev !== String(revision)) throw conflict
      isOut = true
    },
    ...overrides,
  }
  return {
    desk,
    asked,
    edit: () => {
      revision += 1
    },
    discard: () => {
      isOut = true
    },
  }
}

test('publishes what was checked', async () => {
  const {desk, asked} = openDesk()
  expect(await publishWhenSettled(desk, nothing, never)).toMatchObject({is: 'published'})
  expect(asked).toEqual(['check 1', 'publish 1'])
})

test('a draft is checked with its time, gets it, is checked again and published', async () => {
  const {desk, asked} = openDesk()
  expect(await publishWhenSettled(desk, () => stamp, never)).toMatchObject({is: 'published'})
  expect(asked).toEqual(['check 1 stamped', 'write', 'check 2', 'publish 2'])
})

test('nothing is written into a draft that fails its check', async () => {
  const {desk, asked} = openDesk({findings: async () => ['Write a headline.']})
  expect(await publishWhenSettled(desk, () => stamp, never)).toEqual({
    is: 'refused',
    findings: ['Write a headline.'],
  })
  expect(asked).toEqual([])
})

test('a draft that changes during the check is checked again', async () => {
  const {desk, asked, edit} = openDesk()
  const check = desk.findings.bind(desk)
  let edits = 0
  const outcome = await publishWhenSettled(
    {
      ...desk,
      findings: async (document, signal) => {
        const findings = await check(document, signal)
        if (edits++ === 0) edit()
        return findings
      },
    },
    nothing,
    never,
  )
  expect(outcome).toMatchObject({is: 'published'})
  expect(asked).toEqual(['check 1', 'publish 1', 'check 2', 'publish 2'])
})

test('a conflict that stays is reported, and not retried for ever', async () => {
  let attempts = 0
  const {desk} = openDesk({
    publish: async () => {
      attempts += 1
      throw conflict
    },
  })
  expect(await publishWhenSettled(desk, nothing, never)).toEqual({
    is: 'failed',
    message: 'The draft has changed.',
  })
  expect(attempts).toBe(5)
})

test('a draft that somebody else published or discarded is gone', async () => {
  const {desk, discard, asked} = openDesk()
  discard()
  expect(await publishWhenSettled(desk, nothing, never)).toEqual({is: 'gone'})
  expect(asked).toEqual([])
})

test.each(['saving', 'checking', 'publishing'] as const)(
  '%s that takes too long',
  async (stage) => {
    const controller = new AbortController()
    const late = async (): Promise<never> => {
      controller.abort(new Error('late'))
      throw controller.signal.reason
    }
    const {desk} = openDesk(
      {
        saving: {settled: late},
        checking: {findings: late},
        publishing: {publish: late},
      }[stage],
    )
    expect(await publishWhenSettled(desk, nothing, controller.signal)).toEqual({is: 'late', stage})
  },
)

test('a publication that becomes visible late counts as published', async () => {
  const controller = new AbortController()
  const {desk} = openDesk({publish: async () => controller.abort(new Error('late'))})
  expect(await publishWhenSettled(desk, nothing, controller.signal)).toMatchObject({
    is: 'published',
  })
})
