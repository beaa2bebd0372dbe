/** An article after Publish was pressed, as the Studio sees it at one moment. */
export interface PressedArticle {
  /** Whether what the press writes first has reached the draft. */
  readonly isWritten: boolean
  /** Whether the lake has all that was typed. */
  readonly isSaved: boolean
  /** Whether the last check ended, and names the draft’s own revision. */
  readonly isChecked: boolean
  /** Whether nothing of this has changed for a while. */
  readonly isAtRest: boolean
  readonly hasErrors: boolean
  /** Whether Sanity’s own Publish would take a press. */
  readonly isOffered: boolean
}

/**
 * What becomes of a press. A check that ended is not believed at once: for a moment Sanity gives the
 * findings on an earlier state of the draft under the revision of the present one.
 */
export const pressOutcome = (article: PressedArticle): 'wait' | 'refuse' | 'publish' => {
  const isSettled = article.isWritten && article.isSaved && article.isChecked && article.isAtRest
  if (!isSettled) return 'wait'
  if (article.hasErrors) return 'refuse'
  return article.isOffered ? 'publish' : 'wait'
}
