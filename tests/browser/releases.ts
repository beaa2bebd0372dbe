/** The steps in the Releases tool that several stories share. */
import type {Page} from 'playwright-core'

/** The first full minute at or after a time. Both in milliseconds. */
export const minuteAfter = (time: number): number => Math.ceil(time / 60_000) * 60_000

/** Confirms the dialog that schedules a release. The time is in the zone of the editor’s browser. */
export const chooseTime = async (page: Page, time: number): Promise<void> => {
  const dialog = page.getByRole('dialog')
  const date = dialog.getByTestId('date-input')
  const shown = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    month: 'short',
    day: '2-digit',
    year: 'numeric',
  }).format(time)
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'America/New_York',
    hour: '2-digit',
    minute: '2-digit',
  }).format(time)
  await date.fill(`${shown} ${clock}`)
  await date.press('Enter')
  await dialog.getByTestId('confirm-button').click()
}
