/** A hook for what depends on the time, such as a story that is scheduled. */
import {useEffect, useState} from 'react'

const MINUTE = 60_000

/** The time in milliseconds; renders again when a minute begins. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), MINUTE - (now % MINUTE))
    return () => clearTimeout(timer)
  }, [now])
  return now
}
