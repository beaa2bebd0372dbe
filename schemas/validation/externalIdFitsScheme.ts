import type {ValidationContext} from 'sanity'

import {isRecord} from '../untyped.ts'

const schemes = new Map<unknown, {pattern: RegExp; example: string}>([
  ['wikidata', {pattern: /^Q[1-9]\d*$/, example: 'a Wikidata id, such as “Q317521”'}],
  ['iptc', {pattern: /^medtop:\d{8}$/, example: 'an IPTC Media Topic, such as “medtop:04000000”'}],
  ['iso3166-1', {pattern: /^[A-Z]{2}$/, example: 'a two-letter country code, such as “GB”'}],
])

/** Each authority writes its ids in its own way. */
export const externalIdFitsScheme = (value: string | undefined, {parent}: ValidationContext) => {
  const scheme = isRecord(parent) ? schemes.get(parent['scheme']) : undefined
  return !value || !scheme || scheme.pattern.test(value) || `Write ${scheme.example}.`
}
