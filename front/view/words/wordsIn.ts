/** The words of each language. */
import {ar} from './ar.ts'
import {de} from './de.ts'
import {en} from './en.ts'
import type {Words} from './words.ts'

const WORDS = {en, de, ar}

/** The translation for a language tag (BCP 47) such as `de-AT`; the English one if there is none. */
export const translated = <Translation>(
  all: Readonly<Record<string, Translation>> & {readonly en: Translation},
  tag: string,
): Translation => all[tag.split('-')[0]?.toLowerCase() ?? ''] ?? all.en

/** The words of a language, or English ones. */
export const wordsIn = (language: string): Words => translated(WORDS, language)
