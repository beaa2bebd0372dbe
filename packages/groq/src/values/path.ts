/** Patterns of document ids, as `path()` makes them. */
import {Scalar} from '../core/value.ts'

/** Far more characters than an id may have: what is longer is none, and could take long. */
const longestId = 1024

/** A pattern of document ids: `*` stands for one dot-separated part, `**` for any number. */
export class Path extends Scalar {
  readonly pattern: string
  readonly #steps: readonly string[]

  constructor(pattern: string) {
    super()
    this.pattern = pattern
    this.#steps = pattern.split('.')
  }

  /** More than matching takes: each part of the id may be tried with each part of the pattern. */
  mostSteps({length}: string): number {
    return length > longestId ? 1 : 1 + ((length * Math.min(length, this.pattern.length)) >> 4)
  }

  /** Each `**` is tried with ever more parts, the last one first: those before need no more. */
  matches(id: string): boolean {
    if (id.length > longestId) return false
    const steps = this.#steps
    const parts = id.split('.')
    let step = 0
    let part = 0
    let retry: {readonly step: number; part: number} | undefined
    while (part < parts.length) {
      const wanted = steps[step]
      if (wanted === '**') retry = {step: ++step, part: ++part}
      else if (wanted !== undefined && isPart(wanted, parts[part] ?? '')) {
        step++
        part++
      } else if (retry) {
        step = retry.step
        part = ++retry.part
      } else return false
    }
    return step === steps.length
  }

  toJSON(): string {
    return this.pattern
  }
}

const isPart = (wanted: string, part: string): boolean =>
  wanted === '*' ? part !== '' : wanted === part
