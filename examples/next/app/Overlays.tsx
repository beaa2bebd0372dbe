'use client'
/** In the Studio's Presentation tool: a click opens the field, and an edit shows. */
import {useRouter} from 'next/navigation'
import {useEffect} from 'react'

export function Overlays() {
  const router = useRouter()
  useEffect(() => {
    const enabled = import('@sanity/visual-editing-standalone').then(({enableVisualEditing}) =>
      enableVisualEditing({refresh: async () => router.refresh()}),
    )
    return () => void enabled.then((disable) => disable())
  }, [router])
  return null
}
