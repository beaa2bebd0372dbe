/** The views beside the form, which all open at their top. */
import {useEffect, useRef} from 'react'
import type {UserViewComponent} from 'sanity/structure'

import {ReaderView} from './ReaderView.tsx'
import {UsedBy} from './UsedBy.tsx'

/**
 * Views share the scroller of the form: without this, a view would open as far down as the form was
 * scrolled.
 */
const Top = () => {
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    top.current?.closest('[data-testid="document-panel-scroller"]')?.scrollTo({top: 0})
  }, [])
  return <div ref={top} />
}

/** How an article reads. */
export const ReaderTab: UserViewComponent = (props) => (
  <>
    <Top />
    <ReaderView {...props} />
  </>
)

/** The documents that refer to this one. */
export const UsedByTab: UserViewComponent = (props) => (
  <>
    <Top />
    <UsedBy {...props} />
  </>
)
