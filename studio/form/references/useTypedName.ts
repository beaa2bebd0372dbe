/** The form: a hook for the name that an editor types into a reference field. */
import {type FormEvent, useState} from 'react'

interface TypedName {
  /** Without spaces around it; empty while nothing is typed. */
  readonly name: string
  /** For an element around the field. */
  onInput(event: FormEvent): void
  clear(): void
}

/** Sanity keeps what is typed into a reference field to itself, so the events that pass are read. */
export const useTypedName = (): TypedName => {
  const [typed, setTyped] = useState('')
  return {
    name: typed.trim(),
    onInput: ({target}) => {
      if (target instanceof HTMLInputElement) setTyped(target.value)
    },
    clear: () => setTyped(''),
  }
}
