/**
 * The language that a sentence names (`in Russian`) as a BCP 47 tag. Names are in `languages.json`.
 */
import {z} from 'zod'

import entries from './languages.json' with {type: 'json'}

const tags = new Map(Object.entries(z.record(z.string(), z.string().min(2)).parse(entries)))
const NAMED = new RegExp(`\\bin (${[...tags.keys()].join('|')})\\b`)

export function namedLanguage(sentence: string): string | undefined {
  const [, name] = NAMED.exec(sentence) ?? []
  return name && tags.get(name)
}
