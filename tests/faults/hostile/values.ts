/**
 * Values that may break programs: names, strings, JSON. Each follows from the random choices alone.
 */
import type {Random} from '../../../packages/groq/src/spec/fuzz/random.ts'
import {hostileGroq} from './queries.ts'

/** Inherited property names, paths to other folders, invalid UTF-8, and the like. */
const NAMES = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  '..',
  '../../etc/passwd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%00',
  '%ff',
  '%c0%ae',
  '%',
  '%zz',
  '%u0041',
  ' ',
  '',
  '~',
  '-',
  '_',
  '.',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e309',
  '9007199254740993',
  'drafts.',
  'drafts..',
  'versions.',
  'versions.r1.',
  'versions..x',
  '_.releases.',
  '_.releases.constructor',
  'a,b',
  'a,,b',
  ',',
  'a'.repeat(129),
  'ä',
  '😀',
  '\u{202e}x',
  '%F0%9F%98%80',
  '*',
  '$',
  '@',
  '^',
  '(',
  '[]',
  '{}',
  'a;b',
  "a'b",
  'a"b',
  '<script>',
  'file:///etc/passwd',
  'CON',
  'con',
  'Production',
  'PRODUCTION',
  'me',
  'all',
] as const
const SAFE_IDS = [
  'doc-0',
  'doc-1',
  'drafts.doc-2',
  'versions.r1.doc-3',
  'doc-4',
  '_.releases.r1',
  'image-1',
  'a.b',
] as const
const SECRET_IDS = [
  'secret',
  'drafts.secret',
  'versions.r1.secret',
  'secret.dotted',
  'drafts.secret,doc-1',
  '_.releases.r1',
] as const

export const hostileName = (random: Random): string => random.pick(NAMES)

/** @param mayKnow Whether to include ids of documents that the caller may not read. */
export const anyId = (random: Random, mayKnow: boolean): string => {
  const choice = random.number(10)
  if (choice < 4) return random.pick(SAFE_IDS)
  return choice < 7 && mayKnow ? random.pick(SECRET_IDS) : hostileName(random)
}

const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1e308',
  '1e400',
  '9007199254740993',
  '0.1',
  '1e-400',
  '00',
  '1.',
  '.5',
  '+1',
  '0x10',
  'NaN',
  'Infinity',
] as const

/** JSON: sometimes invalid, deep, long, or with inherited property names. */
export const hostileJson = (random: Random, depth = 0): string => {
  const choice = random.number(depth > 4 ? 6 : 13)
  if (choice === 0) return random.pick(['null', 'true', 'false', '""', '[]', '{}'])
  if (choice === 1) return random.pick(NUMBERS)
  if (choice < 5) return hostileString(random)
  if (choice === 5)
    return random.pick([
      '{"',
      '[',
      '"\\u12',
      '{"a":1,}',
      'nul',
      '\ufeff{}',
      '{"a":1}{"b":2}',
      "{'a':1}",
    ])
  if (choice < 8) return `[${random.list(0, 4, () => hostileJson(random, depth + 1)).join(',')}]`
  if (choice === 8 && random.chance(0.05)) {
    const deep = 1 + random.number(3000)
    return '['.repeat(deep) + ']'.repeat(deep)
  }
  const members = random.list(
    0,
    5,
    () => `${hostileString(random)}:${hostileJson(random, depth + 1)}`,
  )
  return `{${members.join(',')}}`
}

const hostileString = (random: Random): string =>
  random.pick([
    JSON.stringify(hostileName(random)),
    '"\\ud800"',
    '"\\u0000"',
    '"\\u2028"',
    '"\\u005f_proto__"',
    '"_id"',
    '"_type"',
    '"_rev"',
    '"_ref"',
    '"_key"',
    `"${'x'.repeat(random.number(300))}"`,
  ])

/** A number, object or string, often where the API expects something else. */
const any = (random: Random, expected: string): string =>
  random.chance(0.7) ? expected : hostileJson(random, 3)

const fields = (random: Random, mayKnow: boolean): string =>
  [
    `"_id":${any(random, JSON.stringify(anyId(random, mayKnow)))}`,
    `"_type":${any(random, '"note"')}`,
    ...random.list(0, 3, () => `${hostileString(random)}:${hostileJson(random, 2)}`),
    ...(random.chance(0.2)
      ? [`"ref":{"_type":"reference","_ref":${JSON.stringify(anyId(random, mayKnow))}}`]
      : []),
  ].join(',')

const PATHS = [
  'a',
  'a.b',
  'a[0]',
  'a[-1]',
  'a[_key=="k"].b',
  'a[]',
  '..b',
  'constructor',
  '__proto__.x',
  "['\\u005f_proto__'].x",
  'a[0:9]',
  'a[*]',
  '',
  '.',
  '[',
  'a..b',
  'a["b"]',
  '_id',
  '_type',
  '_rev',
] as const

const patch = (random: Random, mayKnow: boolean): string => {
  const operation = random.pick([
    'set',
    'setIfMissing',
    'unset',
    'inc',
    'dec',
    'insert',
    'diffMatchPatch',
    'merge',
    '__proto__',
    'replace',
  ])
  const path = JSON.stringify(random.pick(PATHS))
  const value = random.pick([
    `{${path}:${hostileJson(random, 2)}}`,
    `[${path}]`,
    `{"after":${path},"items":[${hostileJson(random, 3)}]}`,
    `{${path}:1}`,
    hostileJson(random, 2),
  ])
  const target = random.chance(0.8)
    ? `"id":${any(random, JSON.stringify(anyId(random, mayKnow)))}`
    : `"query":${JSON.stringify(hostileGroq(random))}`
  return `{${target},"${operation}":${value}${random.chance(0.1) ? ',"ifRevisionID":"x"' : ''}}`
}

const KINDS = [
  'create',
  'createOrReplace',
  'createIfNotExists',
  'delete',
  'patch',
  'constructor',
  '__proto__',
] as const
const mutation = (random: Random, mayKnow: boolean): string => {
  const kind = random.pick(KINDS)
  if (kind === 'patch') return `{"patch":${patch(random, mayKnow)}}`
  if (kind === 'delete') {
    return random.chance(0.8)
      ? `{"delete":{"id":${JSON.stringify(anyId(random, mayKnow))}}}`
      : `{"delete":{"query":${JSON.stringify(hostileGroq(random))}}}`
  }
  return `{"${kind}":{${fields(random, mayKnow)}}}`
}

export const mutateBody = (random: Random, mayKnow: boolean): string => {
  const list = random.list(0, random.chance(0.01) ? 300 : 4, () =>
    any(random, mutation(random, mayKnow)),
  )
  return any(
    random,
    `{"mutations":[${list.join(',')}]${random.chance(0.1) ? `,"transactionId":${hostileString(random)}` : ''}}`,
  )
}

const ACTIONS = [
  'document.create',
  'document.edit',
  'document.publish',
  'document.unpublish',
  'document.delete',
  'document.discard',
  'document.replaceDraft',
  'document.version.create',
  'document.version.discard',
  'document.version.replace',
  'document.version.unpublish',
  'release.create',
  'release.edit',
  'release.schedule',
  'release.unschedule',
  'release.publish',
  'release.archive',
  'release.unarchive',
  'release.delete',
  'release.import',
  'variant.create',
  'constructor',
] as const

export const actionsBody = (random: Random, mayKnow: boolean): string => {
  const action = (): string => {
    const id = JSON.stringify(anyId(random, mayKnow))
    const draft = JSON.stringify(`drafts.${anyId(random, mayKnow)}`)
    return [
      `{"actionType":${any(random, `"sanity.action.${random.pick(ACTIONS)}"`)}`,
      `"publishedId":${any(random, id)}`,
      `"draftId":${any(random, draft)}`,
      `"versionId":${any(random, '"versions.r1.doc-3"')}`,
      `"releaseId":${any(random, random.pick(['"r1"', '"r2"', '"constructor"']))}`,
      `"attributes":{${fields(random, mayKnow)}},"document":{${fields(random, mayKnow)}}`,
      `"patch":${any(random, patch(random, mayKnow))}`,
      `"publishAt":${any(random, '"2099-01-01T00:00:00Z"')}}`,
    ].join(',')
  }
  return any(random, `{"actions":[${random.list(0, 3, action).join(',')}]}`)
}
