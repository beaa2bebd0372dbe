import {Scalar} from './scalar.ts'

/** A pattern of document ids: `*` stands for one dot-separated part, `**` for any number. */
export class Path extends Scalar {
  readonly pattern: string
  readonly #expression: RegExp

  constructor(pattern: string) {
    super()
    this.pattern = pattern
    this.#expression = new RegExp(`^${pattern.split('.').map(partExpression).join('\\.')}$`, 's')
  }

  matches(id: string): boolean {
    return this.#expression.test(id)
  }

  toJSON(): string {
    return this.pattern
  }
}

const partExpression = (part: string): string => {
  if (part === '*') return '[^.]+'
  if (part === '**') return '.*'
  return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
