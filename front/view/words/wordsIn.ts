/** The words of each language. */
import {ar} from './ar.ts'
import {de} from './de.ts'
import {en} from './en.ts'
import type {Words} from './words.ts'

const WORDS: Readonly<Record<string, Words>> = {en, de, ar}

/** The words of a language, or English ones. */
export const wordsIn = (language: string): Words => WORDS[language.split('-')[0] ?? ''] ?? en
