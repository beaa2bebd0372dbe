import {useEffect, useState} from 'react'

/**
 * Whether a state has been the same object for a while. The render that brings another already
 * says no.
 * @param milliseconds how long that is
 */
export const useIsAtRest = (state: object, milliseconds: number): boolean => {
  const [rested, setRested] = useState<object>()
  useEffect(() => {
    const timer = setTimeout(() => setRested(state), milliseconds)
    return () => clearTimeout(timer)
  }, [state, milliseconds])
  return rested === state
}
