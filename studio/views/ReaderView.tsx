/** The “Preview” tab of an article: how the story reads. Its parts are in `reader`. */
import {useEffect, useState} from 'react'
import {useClient} from 'sanity'
import type {UserViewComponent} from 'sanity/structure'

import {storyView} from '../../front/page/story.ts'
import {reactOf} from '../../front/react/index.ts'
import type {StoryAnswer} from '../../front/view/answers.ts'
import type {ViewContext} from '../../front/view/context.ts'
import {newsroomTimeZone} from '../../schemas/newsroomTime.ts'
import {Page} from './reader/Page.ts'
import {storyAnswer} from './reader/storyAnswer.ts'
import {useReferred} from './reader/useReferred.ts'

/** The language of the words around a story that has none of its own. */
const LANGUAGE = 'en-GB'

/**
 * A preview of the article from the form's current values, published or not, complete or not, with
 * the markup of the site.
 */
export const ReaderView: UserViewComponent = ({document: {displayed: article}}) => {
  const client = useClient({apiVersion: '2025-02-19'})
  const referred = useReferred(article)
  const [story, setStory] = useState<StoryAnswer>()

  useEffect(() => {
    let isCurrent = true
    const show = async (): Promise<void> => {
      const answer = await storyAnswer(article, referred)
      if (isCurrent) setStory(answer)
    }
    void show()
    return () => {
      isCurrent = false
    }
  }, [article, referred])

  const {apiHost = '', projectId = '', dataset = ''} = client.config()
  const context: ViewContext = {
    language: LANGUAGE,
    timeZone: newsroomTimeZone,
    imageBase: `${apiHost.replace('https://api.', 'https://cdn.')}/images/${projectId}/${dataset}`,
    base: null,
    forEditors: true,
  }
  return <Page data-testid="reader-page">{story && reactOf(storyView(story, context))}</Page>
}
