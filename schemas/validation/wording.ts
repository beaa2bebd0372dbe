/** Rules about strings in a single field: headlines, notes, language tags. */

/**
 * Asks for a field that may stay empty. `rule.required()` at a level below error would do the same
 * in the form, but the schema extraction would then promise front ends a value.
 */
export const advised = (message: string) =>
  function advised(value: unknown): true | string {
    return (value !== undefined && value !== '') || message
  }

/** Stray spaces make two equal headlines differ and show in feeds. */
export const trimmed = (value: string | undefined) =>
  value === undefined || value === value.trim() || 'Remove the spaces before or after the text.'

/** Headlines carry no full stop; an ellipsis or an initialism such as “U.S.” may end one. */
export const noFullStop = (value: string | undefined) =>
  value === undefined ||
  !/[^.\s]\.$/.test(value) ||
  /\.[^.\s]\.$/.test(value) ||
  'Headlines end without a full stop: remove it.'

/** “TK” (to come) and “[[” mark what a writer still owes; both have been printed by accident. */
export const workingNotes = /\bTK(?:TK)*\b|\[\[/

/** A working note left in a text field. */
export const noWorkingNotes = (value: string | undefined) => {
  const note = value === undefined ? undefined : workingNotes.exec(value)?.[0]
  return note === undefined || `“${note}” is still in the text: replace or remove it.`
}

/** A language tag of BCP 47 as news uses them: language, then perhaps script, then perhaps region. */
export const languageTag = (value: string | undefined) =>
  !value ||
  /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(value) ||
  'Write a language code, such as “en”, “en-GB” or “zh-Hant-TW”.'
