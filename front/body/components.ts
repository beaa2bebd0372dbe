/** The components that Portable Text's renderers take, the same for HTML and React. */
import type {MarkAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import {CONTENT, h} from '../view/element.ts'
import type {Node} from '../view/element.ts'
import {MARKS, markView} from './marks.ts'
import {blockView, itemView, listView, OTHER_BLOCKS, textView} from './view.ts'
import type {Other, TextBlock} from './view.ts'

interface Text<Made> {
  readonly value: TextBlock
  readonly children?: Made
}

/** @param show Turns a view into a string or an element, with `content` in the place of `CONTENT`. */
export const componentsOf = <Made>(
  context: ViewContext,
  show: (view: Node | null, content?: Made) => Made,
) => ({
  types: Object.fromEntries(
    OTHER_BLOCKS.map((type) => [
      type,
      ({value}: {readonly value: Other}) => show(blockView(value, context)),
    ]),
  ),
  marks: Object.fromEntries(
    MARKS.map((type) => [
      type,
      ({value, children}: {readonly value?: MarkAnswer; readonly children: Made}) =>
        show(markView(type, value, context) ?? CONTENT, children),
    ]),
  ),
  block: ({value, children}: Text<Made>) => show(textView(value, context), children),
  list: ({
    value,
    children,
  }: {
    readonly value: {readonly listItem: string}
    readonly children?: Made
  }) => show(listView(value.listItem), children),
  listItem: ({value, children}: Text<Made>) => show(itemView(value, context), children),
  hardBreak: () => show(h('br', {})),
  unknownMark: ({children}: {readonly children?: Made}) => show(CONTENT, children),
  unknownType: () => show(null),
})
