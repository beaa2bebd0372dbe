import {encode, type EventSourceMessage} from 'eventsource-encoder'

import type {Commit} from '../core/commit.ts'

/** Kept no longer than somebody has the commit. */
const known = new WeakMap<Commit, Map<string, Uint8Array>>()

/**
 * A server-sent event about a commit, encoded once for everybody who gets it.
 * @param key What makes the event differ from others about the same commit.
 */
export const sharedEvent = (
  commit: Commit,
  key: string,
  message: () => EventSourceMessage,
): Uint8Array => {
  let events = known.get(commit)
  if (events === undefined) known.set(commit, (events = new Map()))
  let event = events.get(key)
  if (event === undefined) events.set(key, (event = Buffer.from(encode(message()))))
  return event
}
