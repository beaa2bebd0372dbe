/** The body of a story as HTML, and the views that it is made of. */
export type {
  BlockAnswer,
  BlockOf,
  CardAnswer,
  CreditLineAnswer,
  Incomplete,
  MarkAnswer,
  StoryAnswer,
} from '../view/answers.ts'
export {addressOf, safeAddress} from '../view/context.ts'
export type {ViewContext} from '../view/context.ts'
export {CONTENT, h, lines, paragraphs} from '../view/element.ts'
export type {Attributes, Blocks, Element, Node} from '../view/element.ts'
export {escapeHtml} from '../view/escape.ts'
export {directionOf, languageIn} from '../view/language.ts'
export type {Direction} from '../view/language.ts'
export {creditLine} from './credit.ts'
export {bodyHtml, htmlOf} from './html.ts'
export {figureView, imageView} from './pictures.ts'
export {bodyView} from './view.ts'
