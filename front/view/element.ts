/**
 * Markup as plain objects. A view says what is shown; `body/html` and `react` turn it into a string
 * or React elements, so both have the same markup, and text is escaped in one place each.
 */
import {plain} from '../stega.ts'
import type {BlockAnswer} from './answers.ts'
import type {ViewContext} from './context.ts'

/** Attributes as HTML writes them: `class`, `datetime`. `true` is an attribute without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Element {
  readonly tag: string
  /** Only those with a value. */
  readonly attributes: Readonly<Record<string, string | true>>
  readonly children: readonly Node[]
}

/** Where the content of a mark or a text block goes. */
export const CONTENT = {content: true} as const

/** Portable Text inside a view, such as that of a fact box. */
export interface Blocks {
  readonly blocks: readonly BlockAnswer[]
  readonly context: ViewContext
}

export type Node = string | Element | Blocks | typeof CONTENT

/** A child that may be missing; lists are joined. */
type Child = Node | false | null | undefined | readonly Child[]

/** An element; attributes and children without a value are left out. */
export const h = (tag: string, attributes: Attributes, ...children: readonly Child[]): Element => ({
  tag,
  attributes: Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === null || value === undefined || value === false
        ? []
        : // A mark leads nowhere from an attribute, and would break what compares it.
          [[name, value === true ? value : plain(String(value))]],
    ),
  ),
  children: nodes(children),
})

const nodes = (children: readonly Child[]): Node[] =>
  children.flatMap((child) => {
    if (isList(child)) return nodes(child)
    return child === null || child === undefined || child === false || child === '' ? [] : [child]
  })

const isList = (child: Child): child is readonly Child[] => Array.isArray(child)

/** Several parts with a text between them. */
export const joined = (parts: readonly (Node | null | undefined)[], between: string): Node[] =>
  parts
    .flatMap((part) => (part === null || part === undefined || part === '' ? [] : [part]))
    .flatMap((part, index) => (index === 0 ? [part] : [between, part]))

/** A text of several lines; a line break stays one. */
export const lines = (text: string): Node[] =>
  text
    .trim()
    .split(/\r?\n/)
    .flatMap((line, index) => (index === 0 ? [line] : [h('br', {}), line]))

/** A text with a paragraph for each part between empty lines. */
export const paragraphs = (text: string | null | undefined): Element[] =>
  (text ?? '')
    .split(/(?:[ \t]*\r?\n){2,}/)
    .flatMap((part) => (part.trim() === '' ? [] : [h('p', {}, lines(part))]))
