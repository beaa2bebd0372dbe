/** Plugins of the story's editor: what a paste from Word leaves behind is cleaned up. */
import {defineBehavior, raise} from '@portabletext/editor/behaviors'
import {BehaviorPlugin} from '@portabletext/editor/plugins'
import type {PortableTextPluginsProps} from 'sanity'

import {withoutEmptyParagraphs} from './withoutEmptyParagraphs.ts'

/**
 * Word separates paragraphs by empty ones. Pasted into a story they would leave gaps on the page.
 */
const pasteNoEmptyParagraphs = defineBehavior({
  on: 'deserialization.success',
  guard: ({event}) => {
    const data = withoutEmptyParagraphs(event.data)
    return event.originEvent.type === 'clipboard.paste' && data.length < event.data.length && {data}
  },
  actions: [({event}, {data}) => [raise({...event, data})]],
})

/** Additions to Sanity’s text editor. */
export const StoryPlugins = (props: PortableTextPluginsProps) => (
  <>
    {props.renderDefault(props)}
    <BehaviorPlugin behaviors={[pasteNoEmptyParagraphs]} />
  </>
)
