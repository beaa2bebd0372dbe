/** Publish button: a hook that says whether what it sees has stopped changing. */
import {useEffect, useState} from 'react'

/**
 * Whether a state has been the same object for some time. False from the render that brings a new
 * one.
 * @param milliseconds that time
 */
export const useIsAtRest = (state: object, milliseconds: number): boolean => {
  const [rested, setRested] = useState<object>()
  useEffect(() => {
    const timer = setTimeout(() => setRested(state), milliseconds)
    return () => clearTimeout(timer)
  }, [state, milliseconds])
  return rested === state
}
