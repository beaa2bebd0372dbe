/** Plugins of the story's editor: they clean up a paste from a word processor. */
import {defineBehavior, raise} from '@portabletext/editor/behaviors'
import {BehaviorPlugin} from '@portabletext/editor/plugins'
import type {PortableTextPluginsProps} from 'sanity'

import {putTables, takeTables} from './pastedTables.ts'
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

/** Sanity turns cells into paragraphs. Where tables are allowed, a pasted table stays one. */
const pasteTables = defineBehavior({
  on: 'deserialization.success',
  guard: ({snapshot, event: {mimeType, data, originEvent}}) => {
    const {converters, keyGenerator, schema} = snapshot.context
    const mayHold = schema.blockObjects.some(({name}) => name === 'table')
    const isRead = data.some(({_type}) => _type === 'table')
    const converter = converters.find((one) => one.mimeType === mimeType)
    if (originEvent.type !== 'clipboard.paste' || mimeType !== 'text/html') return false
    if (!mayHold || isRead || !converter) return false

    const {html, tables} = takeTables(originEvent.originEvent.dataTransfer.getData('text/html'))
    if (tables.size === 0) return false
    const read = converter.deserialize({snapshot, event: {type: 'deserialize', data: html}})
    return (
      read.type === 'deserialization.success' && {data: putTables(read.data, tables, keyGenerator)}
    )
  },
  actions: [({event}, {data}) => [raise({...event, data})]],
})

/** Additions to Sanity’s text editor. */
export const StoryPlugins = (props: PortableTextPluginsProps) => (
  <>
    {props.renderDefault(props)}
    <BehaviorPlugin behaviors={[pasteTables, pasteNoEmptyParagraphs]} />
  </>
)
