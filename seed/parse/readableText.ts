/**
 * Turns the archive’s text into text as readers see it: entities decoded once, one Unicode form, no
 * invisible characters, single spaces. Names are compared in this form: two names are the same only
 * if they are equal letter for letter. Every change is reported, because the provenance keeps the
 * source’s own characters.
 */
import {decodeHTMLStrict} from 'entities'

import type {NormalisationKind} from '../model/normalisation.ts'

export interface ReadableText {
  readonly text: string
  readonly normalisations: readonly NormalisationKind[]
}

/**
 * Soft hyphen, zero-width space, byte order mark; not the joiners U+200C and U+200D, which have
 * meaning.
 */
const INVISIBLE = /[\u00AD\u200B\uFEFF]/g

export function readableText(source: string): ReadableText {
  const normalisations: NormalisationKind[] = []
  let text = source
  const apply = (kind: NormalisationKind, change: (before: string) => string): void => {
    const after = change(text)
    if (after !== text) normalisations.push(kind)
    text = after
  }
  apply('entities', (before) => (before.includes('&') ? decodeHTMLStrict(before) : before))
  apply('invisibleCharacters', (before) => before.replace(INVISIBLE, ''))
  apply('unicodeForm', (before) => before.normalize('NFC'))
  apply('noBreakSpace', (before) => before.replace(/[\u00A0\u2007\u202F]/g, ' '))
  apply('outerSpace', (before) => before.trim())
  apply('innerSpace', (before) => before.replace(/\s+/g, ' '))
  return {text, normalisations}
}

/** Folds spaces only, as earlier versions did; ids are made from this form. */
export function foldSpace(source: string): string {
  return source
    .replace(/[\u00A0\u2007\u202F]/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
}

/**
 * Whether two texts differ only in letter case or the form of the apostrophe, as a title printed
 * twice may.
 */
export function sameWords(a: string, b: string): boolean {
  return plainWords(a) === plainWords(b)
}

function plainWords(source: string): string {
  return readableText(source)
    .text.toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
}

/** UTF-8 that was once read as Windows-1252 (`â€™`, `Ã©`), a lost character, or a control code. */
const DAMAGED = /\uFFFD|[\u0080-\u009F]|Ã[\u00A0-\u00BF]|â€[™œ˜“”¦\u009D]|Â[£©®°±·»«\u00A0]/u

/** The damaged characters of a text, for a message; undefined when there are none. */
export function damageIn(source: string): string | undefined {
  return DAMAGED.exec(source)?.[0]
}
