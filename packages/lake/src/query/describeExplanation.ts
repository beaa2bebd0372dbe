/**
 * Prints how a query was answered, for `--verbose` and `lake query --explain`.
 */
import type {Explanation} from './explain.ts'

/**
 * Formats an explanation for a terminal: indexes used, numbers of documents, times.
 * @returns Lines without line ends, each indented by two spaces.
 * @example
 * const {explain} = await (await fetch(`${url}&explain=true`, {headers})).json()
 * console.log(describeExplanation(explain).join('\n'))
 */
export const describeExplanation = (explanation: Explanation): string[] => {
  const {reads, candidates, parsed, dereferenced, bytes, thread, ms} = explanation
  const total = ms.run + ms.encode + ms.other
  return [
    ...reads.map(({access, times, candidates: read}) => {
      const found = `${read} document${read === 1 ? '' : 's'}`
      return `  ${access}: ${found}${times === 1 ? '' : ` in ${times} reads`}${hint(access)}`
    }),
    `  ${candidates} read, ${parsed} parsed, ${dereferenced} references followed, ${bytes} bytes`,
    `  ${total.toFixed(2)} ms: ${ms.run.toFixed(2)} evaluating, ${ms.encode.toFixed(2)} writing JSON, ` +
      `${ms.other.toFixed(2)} planning and waiting` +
      (thread === 'scan' ? ', on the thread for long queries' : ''),
  ]
}

const hint = (access: string): string =>
  access === 'everything' ? ' (no index: begin the filter with _type == "…")' : ''
