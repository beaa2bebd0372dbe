/**
 * The topic for a label. A label that is not in the table is a subject until an editor changes it.
 */
import {knownTopic, type TopicEntry} from '../entities/topics.ts'
import {hashOf} from '../identify/ids.ts'
import type {Ids} from '../identify/nameIds.ts'
import {slugOf} from '../identify/slugOf.ts'
import type {Topic} from '../model/seedDocument.ts'

export function topicDocument(label: string, ids: Ids): Topic {
  const entry: TopicEntry = knownTopic(label) ?? {name: label, kind: 'subject'}
  const externalIds = externalIdsOf(entry)
  return {
    _id: ids.topic(label),
    _type: 'topic',
    name: entry.name,
    slug: {_type: 'slug', current: slugOf(entry.name) || hashOf(12, entry.name)},
    kind: entry.kind,
    ...(entry.aliases && {aliases: entry.aliases}),
    ...(externalIds.length > 0 && {externalIds}),
  }
}

function externalIdsOf(entry: TopicEntry): NonNullable<Topic['externalIds']> {
  const ids = [
    {scheme: 'wikidata' as const, value: entry.wikidata},
    {scheme: 'iso3166-1' as const, value: entry.country},
  ]
  return ids.flatMap(({scheme, value}) =>
    value ? {_type: 'externalId' as const, _key: scheme, scheme, value} : [],
  )
}
