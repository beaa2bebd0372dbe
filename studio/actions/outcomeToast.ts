import type {Outcome, Stage} from './publishWhenSettled.ts'

interface Toast {
  readonly status: 'success' | 'warning' | 'error'
  readonly title: string
  readonly description?: string
  /** In milliseconds, where it is more than the Studio’s own. */
  readonly duration?: number
}

/** Time enough to read what is to be mended, as Sanity gives its own errors. */
const READING = 30_000

/** More than these and the editor is better served by the list beside the form. */
const FINDINGS_SHOWN = 3

/** What an editor is told of a press on Publish: whether it is out, and if not, why and what to do. */
export const outcomeToast = (outcome: Outcome, title: string): Toast => {
  switch (outcome.is) {
    case 'published':
      return {status: 'success', title: `${title} was published`}
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
        description: 'Somebody else has published or discarded the changes meanwhile.',
      }
    case 'late':
      return {
        status: 'error',
        duration: READING,
        title: `${title} was ${outcome.stage === 'publishing' ? 'perhaps ' : ''}not published`,
        description: LATE[outcome.stage],
      }
    case 'failed':
      return {
        status: 'error',
        duration: READING,
        title: `${title} was not published`,
        description: `${outcome.message} Press Publish again, and show this to an engineer if it comes back.`,
      }
  }
}

const LATE: Readonly<Record<Stage, string>> = {
  saving: 'What was written could not be saved in time. It is kept here: press Publish again.',
  checking: 'The check of the document did not end in time. Press Publish again.',
  publishing: 'No answer came in time. If the Publish button can be pressed, press it again.',
}

const shownOf = (findings: readonly string[]): string => {
  const more = findings.length - FINDINGS_SHOWN
  return [...findings.slice(0, FINDINGS_SHOWN), ...(more > 0 ? [`And ${more} more.`] : [])].join(
    ' ',
  )
}
