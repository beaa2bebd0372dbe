import {defineBehavior, raise} from '@portabletext/editor/behaviors'
import {BehaviorPlugin} from '@portabletext/editor/plugins'
import type {PortableTextPluginsProps} from 'sanity'

import {withoutEmptyParagraphs} from './withoutEmptyParagraphs.ts'

/** Word sets paragraphs apart by empty ones. Pasted into a story they would be gaps on the page. */
const pasteNoEmptyParagraphs = defineBehavior({
  on: 'deserialization.success',
  guard: ({event}) => {
    const data = withoutEmptyParagraphs(event.data)
    return event.originEvent.type === 'clipboard.paste' && data.length < event.data.length && {data}
  },
  actions: [({event}, {data}) => [raise({...event, data})]],
})

/** What the text editor does beside what Sanity’s does. */
export const StoryPlugins = (props: PortableTextPluginsProps) => (
  <>
    {props.renderDefault(props)}
    <BehaviorPlugin behaviors={[pasteNoEmptyParagraphs]} />
  </>
)
