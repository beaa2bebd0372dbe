/**
 * JSONPath as source maps write it: `$['body'][?(@._key=='a1')]['text']`. The characters that are
 * escaped are those that `@sanity/client` escapes when it looks a path up.
 */
export type PathStep = string | number | {readonly key: string}

export const jsonPathOf = (steps: readonly PathStep[]): string =>
  `$${steps.map(writeStep).join('')}`

export const writeStep = (step: PathStep): string => {
  if (typeof step === 'number') return `[${step}]`
  return typeof step === 'string'
    ? `['${escape(step)}']`
    : `[?(@._key=='${step.key.replace(/['\\]/g, '\\$&')}')]`
}

const escape = (name: string): string =>
  name.replace(/[\f\n\r\t'\\]/g, (character) => ESCAPES[character] ?? character)

const ESCAPES: Readonly<Record<string, string>> = {
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  "'": "\\'",
  '\\': '\\\\',
}
