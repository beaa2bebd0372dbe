/** Views as React elements, with the same markup as the HTML of `body/html`. */
import {PortableText} from '@portabletext/react'
import {createElement} from 'react'
import type {ReactNode} from 'react'

import {componentsOf} from '../body/components.ts'
import {prepared} from '../body/view.ts'
import type {BlockAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import type {Node} from '../view/element.ts'

/** React's names of attributes that differ from HTML's. */
const NAMES: Readonly<Record<string, string>> = {
  class: 'className',
  datetime: 'dateTime',
  fetchpriority: 'fetchPriority',
  srcset: 'srcSet',
  tabindex: 'tabIndex',
}

/**
 * A view as React shows it; nothing for null.
 * @param content What to show in the place of `CONTENT`.
 */
export const reactOf = (node: Node | null | undefined, content: ReactNode = null): ReactNode => {
  if (node === null || node === undefined || typeof node === 'string') return node
  if ('content' in node) return content
  if ('blocks' in node) return createElement(StoryBody, node)
  const {tag, attributes, children} = node
  const named = Object.entries(attributes).map(([name, value]) => [NAMES[name] ?? name, value])
  return createElement(
    tag,
    Object.fromEntries(named),
    ...children.map((child) => reactOf(child, content)),
  )
}

interface Props {
  readonly blocks: readonly BlockAnswer[]
  readonly context: ViewContext
}

/** The body of a story. */
export const StoryBody = ({blocks, context}: Props): ReactNode =>
  createElement(PortableText, {
    value: prepared(blocks, context),
    onMissingComponent: false,
    components: componentsOf<ReactNode>(context, reactOf),
  })
