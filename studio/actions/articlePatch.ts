/** An article as the form holds it: any field may be missing or half-typed. */
export type Fields = Readonly<Record<string, unknown>>

/** The patch operations that the desk’s actions use. */
export interface ArticlePatch {
  readonly set?: Record<string, unknown>
  readonly setIfMissing?: Record<string, unknown>
  readonly unset?: string[]
  readonly insert?: {readonly after: string; readonly items: unknown[]}
}
