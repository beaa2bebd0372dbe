/** The words of the interface in a language. */
import {translated} from '../../front/view/words/wordsIn.ts'
import {ar} from './ar.ts'
import {de} from './de.ts'
import {en} from './en.ts'
import type {Words} from './words.ts'

/** Words in the language of a BCP 47 tag, such as `de-AT`; in English if the site has none in it. */
export const wordsFor = (language: string): Words => translated({ar, de, en}, language)

/** The tag of the language in which `wordsFor` answers. */
export const languageOfWords = (language: string): string =>
  wordsFor(language) === en && !/^en\b/i.test(language) ? 'en' : language
