/** What the check of a dataset's file has found wrong. */
export interface Finding {
  readonly part:
    | 'file'
    | 'documents'
    | 'counters'
    | 'references'
    | 'indexes'
    | 'words'
    | 'history'
    | 'assets'
  /** A sentence that names the document or the table. */
  readonly message: string
  /** Whether rebuilding what follows from the documents puts it right. */
  readonly isDerived: boolean
}

/** Told now and then how many of the documents have been looked at. */
export type CheckProgress = (done: number, total: number) => void

export const finding = (part: Finding['part'], message: string, isDerived = true): Finding => ({
  part,
  message,
  isDerived,
})
