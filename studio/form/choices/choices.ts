/** The form: languages, time zones and countries to choose from, with their names in English. */
export interface Choice {
  /** What the document stores, such as “en-GB”, “Europe/London” or “GB”. */
  readonly value: string
  readonly title: string
}

const NAMES = {
  language: new Intl.DisplayNames('en-GB', {type: 'language', fallback: 'none'}),
  region: new Intl.DisplayNames('en-GB', {type: 'region', fallback: 'none'}),
}

/** Variants that newsrooms tell apart; every language is there without one too. */
const VARIANTS = [
  'de-AT',
  'de-CH',
  'en-AU',
  'en-CA',
  'en-GB',
  'en-IE',
  'en-IN',
  'en-NZ',
  'en-US',
  'en-ZA',
  'es-419',
  'es-ES',
  'es-MX',
  'fr-BE',
  'fr-CA',
  'fr-CH',
  'pt-BR',
  'pt-PT',
  'sr-Latn',
  'zh-Hans',
  'zh-Hant',
]

/** Regions of the standard that are no countries. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])

const ALPHABET = [...'abcdefghijklmnopqrstuvwxyz']
const PAIRS = ALPHABET.flatMap((first) => ALPHABET.map((second) => `${first}${second}`))

/** Codes that have gone out of use become other codes, or longer ones. */
const isCurrent = (tag: string): boolean => Intl.getCanonicalLocales(tag)[0] === tag

const byTitle = (one: Choice, other: Choice): number => one.title.localeCompare(other.title, 'en')

const named = (type: keyof typeof NAMES, values: readonly string[]): Choice[] =>
  values
    .flatMap((value) => {
      const title = NAMES[type].of(value)
      return title === undefined ? [] : [{value, title}]
    })
    .toSorted(byTitle)

const languages = (): Choice[] => named('language', [...PAIRS.filter(isCurrent), ...VARIANTS])

const countries = (): Choice[] =>
  named(
    'region',
    PAIRS.map((pair) => pair.toUpperCase()).filter(
      (code) => isCurrent(`und-${code}`) && !NO_COUNTRIES.has(code),
    ),
  )

const timeZones = (): Choice[] =>
  Intl.supportedValuesOf('timeZone').map((value) => ({value, title: value.replaceAll('_', ' ')}))

const LISTS = {languages, countries, timeZones}

/** A list, made when it is first asked for. */
export type ChoiceList = keyof typeof LISTS

const made = new Map<ChoiceList, readonly Choice[]>()

/**
 * What an editor can choose. A value that is not in the list, as an import may write it, is added, so
 * that the field shows it.
 */
export const choicesIn = (list: ChoiceList, value: string | undefined): readonly Choice[] => {
  const choices = made.get(list) ?? LISTS[list]()
  made.set(list, choices)
  return value === undefined || choices.some((choice) => choice.value === value)
    ? choices
    : [{value, title: titleOf(list, value)}, ...choices]
}

const titleOf = (list: ChoiceList, value: string): string => {
  if (list === 'timeZones') return value
  try {
    return NAMES[list === 'languages' ? 'language' : 'region'].of(value) ?? value
  } catch {
    // Not a code at all: the field’s own rule says so.
    return value
  }
}

/** Whether what is typed leads to a choice: its name or its code. */
export const isFoundBy = (query: string, {value, title}: Choice): boolean => {
  const typed = query.trim().toLowerCase()
  return title.toLowerCase().includes(typed) || value.toLowerCase().startsWith(typed)
}
