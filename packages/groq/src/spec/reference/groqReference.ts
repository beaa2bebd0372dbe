/** Writes docs/groq.md from the lists of functions, operators and syntax. */
import type {GroqFunction} from '../../functions/groqFunction.ts'
import {namespaces} from '../../functions/registry.ts'
import {declarations, nodes, operators, pipes} from './syntax.ts'
import type {SyntaxEntry} from './syntax.ts'

/** docs/groq.md: every operator and function with its state, from the code itself. */
export const groqReference = (): string =>
  [
    '# GROQ in this lake',
    'Made by `node packages/groq/src/spec/reference/write.ts` from the lists that the engine itself uses.\nWhat is refused is refused by name: a query is never answered as if it were not there.',
    '## Syntax',
    table(['Written', 'Meaning'], Object.values(nodes).map(syntaxRow)),
    '## Operators',
    table(['Written', 'Meaning'], Object.values(operators).map(syntaxRow)),
    '## Pipe functions',
    table(['Written', 'Meaning'], pipes.map(syntaxRow)),
    '## Declarations',
    table(['Written', 'Meaning'], declarations.map(syntaxRow)),
    '## Functions',
    ...Object.entries(namespaces).flatMap(([namespace, functions]) => [
      `### ${namespace}`,
      table(
        ['Called', 'State', 'Answers'],
        Object.entries(functions)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, called]) => functionRow(namespace, name, called)),
      ),
    ]),
  ].join('\n\n') + '\n'

const syntaxRow = ({syntax, meaning}: SyntaxEntry) => [code(syntax), meaning]

const functionRow = (namespace: string, name: string, called: GroqFunction) => [
  code(`${namespace === 'global' ? '' : `${namespace}::`}${name}(${called.parameters})`),
  called.refused === undefined ? 'supported' : `refused: ${called.refused}`,
  called.summary,
]

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
