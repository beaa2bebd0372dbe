import {draftMode} from 'next/headers'
import type {ReactNode} from 'react'

import {about} from '../lib/lake'
import {Overlays} from './Overlays'

/** Each request asks the lake, which answers from memory. */
export const dynamic = 'force-dynamic'

export default async function Layout({children}: {readonly children: ReactNode}) {
  const {publication, context} = await about()
  return (
    <html lang={context.language}>
      <body>
        <header>
          <a href="/">{publication}</a>
        </header>
        <main>{children}</main>
        {(await draftMode()).isEnabled && <Overlays />}
      </body>
    </html>
  )
}
