/**
 * The form: changes to Sanity’s input fields. The Studio’s configuration puts it around every
 * field.
 */
import type {InputProps} from 'sanity'
import {styled} from 'styled-components'

import {isRecord, textOf} from '../../schemas/untyped.ts'
import {ArticleForm} from './article/ArticleForm.tsx'
import {CreateWhatFits} from './CreateWhatFits.tsx'

/**
 * Sanity’s text editor is nineteen lines high, which shows two paragraphs of a story. Here it gets
 * most of the window, with enough space left on a phone to scroll the form past it.
 */
const StoryFrame = styled.div`
  [data-testid='pt-editor'][data-fullscreen='false'] {
    height: clamp(19em, 62vh, 60em);
  }
`

/** The inputs where the newsroom needs something other than Sanity’s own. */
export const NewsInput = (props: InputProps) => {
  const input = props.renderDefault(props)
  if (props.schemaType.name === 'article') {
    const id = isRecord(props.value) ? textOf(props.value['_id']) : undefined
    return <ArticleForm id={id}>{input}</ArticleForm>
  }
  if (props.schemaType.name === 'newsBody') return <StoryFrame>{input}</StoryFrame>
  if (props.schemaType.name === 'reference') {
    return <CreateWhatFits options={props.schemaType.options}>{input}</CreateWhatFits>
  }
  return input
}
