import type {InputProps} from 'sanity'
import {styled} from 'styled-components'

import {CreateWhatFits} from './CreateWhatFits.tsx'

/**
 * Sanity shows nineteen lines’ height of a text, two paragraphs of a story. A story gets most of the
 * window, with enough left around it to scroll the form past it on a phone.
 */
const StoryFrame = styled.div`
  [data-testid='pt-editor'][data-fullscreen='false'] {
    height: clamp(19em, 62vh, 60em);
  }
`

/** What the newsroom wants otherwise than Sanity’s own inputs do it. */
export const NewsInput = (props: InputProps) => {
  const input = props.renderDefault(props)
  if (props.schemaType.name === 'newsBody') return <StoryFrame>{input}</StoryFrame>
  if (props.schemaType.name === 'reference') {
    return <CreateWhatFits options={props.schemaType.options}>{input}</CreateWhatFits>
  }
  return input
}
