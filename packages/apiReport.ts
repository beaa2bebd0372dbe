/**
 * The public interface of a package as one text, taken from its compiled declarations: what each
 * entry point exports, with its types and without its comments. Kept in api.txt of each package, so
 * that a change of the interface shows in review.
 */
import {readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

interface Declarations {
  /** Exported declarations by name. */
  readonly own: ReadonlyMap<string, string>
  /** Names from other modules, exported or imported: where from, and their names there. */
  readonly exported: ReadonlyMap<string, Elsewhere>
  readonly imported: ReadonlyMap<string, Elsewhere>
  /** Names of declarations, exported or not. */
  readonly names: ReadonlySet<string>
}

interface Elsewhere {
  readonly from: string
  readonly name: string
}

const DECLARED =
  /^(export )?(?:declare )?(?:abstract )?(?:interface|type|class|function|const) (\w+)/
const LISTED = /^(export|import) (?:type )?\{([^}]*)\} from '([^']+)'/

/** Statements of a declaration file: each begins with a keyword at the start of a line. */
const statementsIn = (text: string): string[] =>
  text
    .replaceAll(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '')
    .split(/\n(?=(?:export|import|declare|interface|type|class|function|const)\b)/)
    .map((statement) => statement.trim())

const read = (file: string): Declarations => {
  const own = new Map<string, string>()
  const exported = new Map<string, Elsewhere>()
  const imported = new Map<string, Elsewhere>()
  const names = new Set<string>()
  for (const statement of statementsIn(readFileSync(file, 'utf8'))) {
    const [, isExported, declared = ''] = DECLARED.exec(statement) ?? []
    if (declared !== '') names.add(declared)
    if (isExported !== undefined) own.set(declared, statement)
    const [, kind, list = '', from = ''] = LISTED.exec(statement) ?? []
    for (const item of list.split(',')) {
      const [name = '', as = name] = item
        .trim()
        .replace(/^type /, '')
        .split(' as ')
      if (name !== '') (kind === 'export' ? exported : imported).set(as, {from, name})
    }
  }
  return {own, exported, imported, names}
}

interface Found {
  readonly text: string
  /** Types of the package that it mentions. */
  readonly mentions: readonly string[]
}

const find = (file: string, name: string): Found => {
  const {own, exported, imported, names} = read(file)
  const text = own.get(name)
  if (text !== undefined) {
    const known = [...names, ...imported.keys()].filter((other) => other !== name)
    return {text, mentions: known.filter((other) => new RegExp(`\\b${other}\\b`).test(text))}
  }
  const elsewhere = exported.get(name)
  if (elsewhere === undefined) throw new Error(`${file} does not export ${name}.`)
  const {from} = elsewhere
  if (!from.startsWith('.')) return {text: `export {${name}} from '${from}'`, mentions: []}
  return find(join(dirname(file), from.replace(/(?:\.d)?\.[jt]s$/, '.d.ts')), elsewhere.name)
}

/**
 * @param entries Declaration files by the names of their entry points: `{'.': 'dist/index.d.ts'}`.
 * @returns The text, and the types that exports mention and no entry point exports.
 */
export const apiReport = (
  entries: Readonly<Record<string, string>>,
): {readonly text: string; readonly hidden: readonly string[]} => {
  const shown = new Set<string>()
  const mentioned = new Set<string>()
  const parts = Object.entries(entries).map(([entry, file]) => {
    const {own, exported} = read(file)
    const names = [...own.keys(), ...exported.keys()].toSorted()
    const declarations = names.map((name) => {
      // An entry point may export again what an earlier one does.
      if (shown.has(name)) return `export {${name}} // see above`
      shown.add(name)
      const {text, mentions} = find(file, name)
      for (const mention of mentions) mentioned.add(mention)
      return text
    })
    return [`// Entry point ${entry}`, ...declarations].join('\n\n')
  })
  return {
    text: `${parts.join('\n\n')}\n`,
    hidden: [...mentioned].filter((name) => !shown.has(name)).toSorted(),
  }
}
