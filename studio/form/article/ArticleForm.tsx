/** The form of an article: the sentence about its readers, less empty space, and the order of Tab. */
import {Stack} from '@sanity/ui'
import type {KeyboardEvent, ReactNode} from 'react'
import {createGlobalStyle, styled} from 'styled-components'

import {ReaderSentence} from './ReaderSentence.tsx'
import {nextToWrite} from './writingOrder.ts'

/**
 * Sanity leaves a lot of space, and puts above the form the headline that is in it and the pages that
 * show the story. Without the space and the headline, and with the pages at the end, the story begins
 * in sight on a laptop. Screen readers still get the repeated headline.
 */
const Frame = styled(Stack)`
  > [data-ui='Stack'] {
    gap: 0.75rem;
  }
  [data-testid='field-groups'] {
    padding-bottom: 0;
  }
  [data-ui='fieldHeaderContentBox'] {
    padding-bottom: 0;
    padding-top: 0.25rem;
  }
`
const StoryFirst = createGlobalStyle`
  [data-testid='document-panel-scroller'] > div:has([data-article-form]) {
    padding-top: 0.75rem;
  }
  [data-testid='form-view']:has([data-article-form]) > [data-ui='FormRow']:first-child {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    width: 1px;
  }
  [data-testid='form-view']:has([data-article-form]) {
    display: flex;
    flex-direction: column;
  }
  [data-testid='form-view']:has([data-article-form]) > [data-ui='FormRow']:not(:first-child) {
    margin-top: 2rem;
    order: 1;
  }
`

interface Props {
  /** Of the document in the form, which may be a draft or a version. */
  readonly id: string | undefined
  readonly children: ReactNode
}

/** Puts the sentence above the form. Tab goes from one thing to write to the next. */
export const ArticleForm = ({id, children}: Props) => (
  <Frame gap={4} data-article-form="" onKeyDown={goOn}>
    <StoryFirst />
    {id !== undefined && <ReaderSentence id={id} />}
    {children}
  </Frame>
)

/** Between two fields Sanity has buttons for comments and copies; Shift-Tab still reaches them. */
const goOn = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey)
    return
  const next = nextToWrite(event.currentTarget, event.target)
  if (!next) return
  event.preventDefault()
  next.focus()
}
