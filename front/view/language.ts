/** Languages and the directions of their scripts. */
import type {Attributes} from './element.ts'

export type Direction = 'ltr' | 'rtl'

/** Scripts that are written from right to left, by the codes of ISO 15924. */
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'])

const RIGHT_TO_LEFT_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** The direction of a language, by its code (BCP 47). */
export const directionOf = (language: string): Direction => {
  try {
    const {script} = new Intl.Locale(language).maximize()
    return RIGHT_TO_LEFT.has(script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/** The direction of a text, by its first letter; null without letters. */
const directionOfText = (text: string): Direction | null => {
  const letter = /\p{L}/u.exec(text)?.[0]
  if (letter === undefined) return null
  return RIGHT_TO_LEFT_LETTER.test(letter) ? 'rtl' : 'ltr'
}

/** `dir` for a text whose direction is not that of the language around it. */
export const directionIn = (language: string, text: string): Attributes => {
  const own = directionOfText(text)
  return {dir: own === directionOf(language) ? null : own}
}

/** `lang` and `dir` for a part in another language than what is around it. */
export const languageIn = (around: string, own: string | null | undefined): Attributes =>
  own === null || own === undefined || own === '' || own === around
    ? {}
    : {lang: own, dir: directionOf(own) === directionOf(around) ? null : directionOf(own)}

/** A language that `Intl` accepts: the one asked for, or else English. */
export const knownLanguage = (language: string): string => {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
