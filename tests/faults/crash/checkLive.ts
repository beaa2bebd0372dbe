/**
 * Compares the running lake with its file, so that memory and file cannot differ: documents,
 * counts, references and attributes, each by an index and by a scan of the file.
 */
import {setTimeout as wait} from 'node:timers/promises'

import type {Random} from '../../../packages/groq/src/spec/fuzz/random.ts'
import {isJsonObject, type Json} from '../../../packages/lake/src/core/document.ts'
import {referencesIn} from './checkDerived.ts'
import type {Client} from './client.ts'
import type {StoredFile, StoredRow} from './storedFile.ts'

type Say = (problem: string) => void

const ask = async (
  client: Client,
  dataset: string,
  query: string,
  params: Readonly<Record<string, Json>>,
  say: Say,
): Promise<Json | undefined> => {
  const path = `/v2025-02-19/data/query/${dataset}?perspective=raw`
  const body = JSON.stringify({query, params})
  let answer = await client.send('POST', path, body)
  // A dataset that could not be opened on a full disk is tried again a second later.
  for (let n = 0; n < TRIES && answer?.status === 503; n += 1) {
    await wait(1000)
    answer = await client.send('POST', path, body)
  }
  if (answer === undefined || answer.status !== 200) {
    say(`${query} was answered ${answer?.status}: ${answer?.text.slice(0, 200)}`)
    return undefined
  }
  const parsed: Json = JSON.parse(answer.text)
  return isJsonObject(parsed) ? parsed['result'] : undefined
}

/** Longer than the lake's retry interval. */
const TRIES = 5

const listed = (value: Json | undefined): string[] =>
  Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
    : []

const idOf = ({layer, group}: StoredRow): string => layer + group

export const checkLive = async (
  client: Client,
  dataset: string,
  stored: Pick<StoredFile, 'documents'>,
  random: Random,
  say: Say,
): Promise<void> => {
  const rows = [...stored.documents.values()]
  const same = async (
    query: string,
    params: Readonly<Record<string, Json>>,
    must: readonly string[],
  ): Promise<void> => {
    const answer = await ask(client, dataset, query, params, say)
    if (answer === undefined) return
    const is = listed(answer).toSorted()
    const wanted = must.toSorted()
    const wrong = is.find((item, index) => item !== wanted[index]) ?? wanted[is.length]
    if (is.length !== wanted.length || wrong !== undefined)
      say(
        `${query} with ${JSON.stringify(params)} finds ${is.length}, the file has ${wanted.length}; first difference ${wrong}`,
      )
  }
  await same('*[]._id', {}, rows.map(idOf))
  await same(
    '*[]._rev',
    {},
    rows.map(({document}) => String(document['_rev'])),
  )
  const types = [...new Set(rows.map(({type}) => type))]
  for (const type of types) {
    const count = await ask(client, dataset, 'count(*[_type == $type])', {type}, say)
    const must = rows.filter((row) => row.type === type).length
    if (count !== undefined && count !== must)
      say(`count of ${type} is ${String(count)}, the file has ${must}`)
  }
  const targets = [...new Set(rows.flatMap(({document}) => [...referencesIn(document).keys()]))]
  for (const id of random.list(4, 4, () => targets[random.number(targets.length)] ?? 'nothing')) {
    const referring = rows.filter(({document}) => referencesIn(document).has(id))
    await same('*[references($id)]._id', {id}, referring.map(idOf))
  }
  for (const type of ['story', 'bulk']) {
    const bucket = random.number(5)
    const found = rows.filter((row) => row.type === type && row.document['bucket'] === bucket)
    await same('*[_type == $type && bucket == $bucket]._id', {type, bucket}, found.map(idOf))
  }
}
