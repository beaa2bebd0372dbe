/** A language tag of BCP 47 as news uses them: language, then perhaps script, then perhaps region. */
export const languageTag = (value: string | undefined) =>
  !value ||
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(value) ||
  'Write a language tag, such as “en”, “en-GB” or “zh-Hant-TW”.'
