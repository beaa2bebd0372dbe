import {cardView} from '@copydesk/front/page'
import {frontPageQuery} from '@copydesk/front/queries'
import {reactOf} from '@copydesk/front/react'
import {Fragment} from 'react'

import {about, ask, now} from '../lib/lake'

export default async function FrontPage() {
  const cards = await ask(frontPageQuery, {now: now()})
  const {publication, context} = await about()
  return (
    <>
      <title>{publication}</title>
      <h1>{publication}</h1>
      {cards.map((card) => (
        <Fragment key={card._id}>{reactOf(cardView(card, context))}</Fragment>
      ))}
    </>
  )
}
