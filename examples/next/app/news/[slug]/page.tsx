import {headViews, storyView} from '@copydesk/front/page'
import {articleBySlugQuery, articleRedirectQuery} from '@copydesk/front/queries'
import {reactOf} from '@copydesk/front/react'
import {notFound, permanentRedirect} from 'next/navigation'
import {Fragment} from 'react'

import {about, ask, now} from '../../../lib/lake'

interface Props {
  readonly params: Promise<{readonly slug: string}>
}

export default async function StoryPage({params}: Props) {
  const asked = {slug: (await params).slug, now: now()}
  const story = await ask(articleBySlugQuery, asked)
  if (story === null) {
    const moved = await ask(articleRedirectQuery, asked)
    if (moved === null) notFound()
    permanentRedirect(`/news/${moved.slug}`)
  }
  const {context, ...publication} = await about()
  return (
    <>
      {headViews(story, {...context, ...publication}).map((view, index) => (
        <Fragment key={index}>{reactOf(view)}</Fragment>
      ))}
      {reactOf(storyView(story, context))}
    </>
  )
}
