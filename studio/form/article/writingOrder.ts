/** The form of an article: where Tab goes from each field that a writer fills in. */

/** The fields in the order of writing, and the element of each that takes the keyboard. */
const ORDER = [
  {field: 'kicker', focus: 'input'},
  {field: 'headline', focus: 'input'},
  {field: 'standfirst', focus: 'textarea'},
  {field: 'byline', focus: '[data-testid="add-single-object-button"]'},
  {field: 'body', focus: '[contenteditable="true"]'},
] as const

const elementOf = (form: HTMLElement, {field, focus}: (typeof ORDER)[number]): HTMLElement | null =>
  form.querySelector<HTMLElement>(`[data-testid="field-${field}"] ${focus}`)

/**
 * The element that Tab goes to. Undefined where the browser's own order is right: in other fields, in
 * dialogues and after the last field.
 */
export const nextToWrite = (form: HTMLElement, from: EventTarget): HTMLElement | undefined => {
  const elements = ORDER.flatMap((step) => elementOf(form, step) ?? [])
  const at = elements.findIndex((element) => element === from)
  return at < 0 ? undefined : elements[at + 1]
}
