import {hash} from 'node:crypto'

import type {Commit} from '../commit.ts'
import {publishedId} from '../ids.ts'
import type {ChangedWhat} from '../store/recentChanges.ts'

/**
 * Tags by which front ends keep answers: a commit names the tags of every answer that it may have
 * changed. They are coarse on purpose (a type, a document), short, and opaque to clients.
 */
const tag = (kind: 'type' | 'document', name: string): string =>
  `s1:${hash('sha256', `${kind} ${name}`, 'base64url').slice(0, 10)}`

const EVERYTHING = 's1:everything'

/** Above this an answer is tagged with everything: Next.js takes no more than 128 tags. */
const MAX_TAGS = 64

export const syncTagsOf = ({everything, types, ids}: ChangedWhat): readonly string[] => {
  if (everything || types.length + ids.length > MAX_TAGS) return [EVERYTHING]
  return [...types.map((type) => tag('type', type)), ...ids.map((id) => tag('document', id))]
}

/** The tags of all answers that a commit may have changed. */
export const syncTagsOfCommit = ({changes}: Commit): readonly string[] => {
  const tags = new Set([EVERYTHING])
  for (const {id, before, after} of changes) {
    tags.add(tag('document', publishedId(id)))
    for (const document of [before, after]) if (document) tags.add(tag('type', document._type))
  }
  return [...tags]
}
