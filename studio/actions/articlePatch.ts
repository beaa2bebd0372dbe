/** An article as it stands in the form: whatever has been typed so far. */
export type Fields = Readonly<Record<string, unknown>>

/** The patch operations that the desk’s actions use. */
export interface ArticlePatch {
  readonly set?: Record<string, unknown>
  readonly setIfMissing?: Record<string, unknown>
  readonly unset?: string[]
  readonly insert?: {readonly after: string; readonly items: unknown[]}
}
