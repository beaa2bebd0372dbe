/**
 * What the check of a dataset's file reports: one finding for each error.
 */
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
  /** A full sentence that names the document or the table. */
  readonly message: string
  /** Whether rebuilding the derived data fixes it. */
  readonly isDerived: boolean
}

/** Called repeatedly with the number of documents checked and their total. */
export type CheckProgress = (done: number, total: number) => void

export const finding = (part: Finding['part'], message: string, isDerived = true): Finding => ({
  part,
  message,
  isDerived,
})
