/** Publish button: the message that an editor sees when a press has ended. */
import type {ReaderState} from '../../schemas/documents/article/readerState.ts'
import type {Outcome, Stage} from './publishWhenSettled.ts'

interface Toast {
  readonly status: 'success' | 'warning' | 'error'
  readonly title: string
  readonly description?: string
  /** In milliseconds; the Studio’s default when absent. */
  readonly duration?: number
}

/** Long enough to read what to fix, and not longer: a toast covers fields. */
const READING = 12_000

/** An editor with more problems than this should use the list beside the form. */
const FINDINGS_SHOWN = 3

/**
 * The message after a press on Publish: whether the document is out, and if not, why and what to
 * do.
 * @param readers what readers see of an article that was published
 */
export const outcomeToast = (outcome: Outcome, title: string, readers?: ReaderState): Toast => {
  switch (outcome.is) {
    case 'published':
      return readers === undefined
        ? {status: 'success', title: `${title} was published`}
        : {
            status: 'success',
            title: `${title} ${DONE[readers.name] ?? 'was published'}`,
            description: readers.sentence,
          }
    case 'refused':
      return {
        status: 'error',
        duration: READING,
        title: `${title} was not published`,
        description: shownOf([...new Set(outcome.findings)]),
      }
    case 'gone':
      return {
        status: 'warning',
        title: `${title} was not published`,
        description: 'Someone else published or discarded the changes in the meantime.',
      }
    case 'late':
      return {
        status: 'error',
        duration: READING,
        title: `${title} ${outcome.stage === 'publishing' ? 'may not have been' : 'was not'} published`,
        description: LATE[outcome.stage],
      }
    case 'failed':
      return {
        status: 'error',
        duration: READING,
        title: `${title} was not published`,
        description: `Press Publish again. If it happens again, show this to an engineer: ${outcome.message}`,
      }
  }
}

/** What happened to a story, where “was published” would not tell. */
const DONE: Readonly<Partial<Record<ReaderState['name'], string>>> = {
  scheduled: 'is scheduled',
  retracted: 'was retracted',
}

const LATE: Readonly<Record<Stage, string>> = {
  saving: 'Saving took too long. Your text is kept here: press Publish again.',
  checking: 'Checking the document took too long. Press Publish again.',
  publishing: 'Publishing took too long. If the Publish button is active, press it again.',
}

const shownOf = (findings: readonly string[]): string => {
  const more = findings.length - FINDINGS_SHOWN
  return [...findings.slice(0, FINDINGS_SHOWN), ...(more > 0 ? [`And ${more} more.`] : [])].join(
    ' ',
  )
}
