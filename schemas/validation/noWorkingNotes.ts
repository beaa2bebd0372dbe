import {workingNotes} from './workingNotes.ts'

/** A working note left in a text field. */
export const noWorkingNotes = (value: string | undefined) => {
  const note = value === undefined ? undefined : workingNotes.exec(value)?.[0]
  return note === undefined || `A working note is left in the text: resolve “${note}”.`
}
