/** React shows the same as the HTML. */
import {createRequire} from 'node:module'

import {parseFragment} from 'parse5'
import type {DefaultTreeAdapterTypes} from 'parse5'
import {createElement} from 'react'
import type {ReactNode} from 'react'
import {expect, it} from 'vitest'

import {bodyHtml, htmlOf} from '../../front/body/html.ts'
import {cardView} from '../../front/page/card.ts'
import {storyView} from '../../front/page/story.ts'
import {articleBySlugQuery} from '../../front/queries/index.ts'
import {reactOf, StoryBody} from '../../front/react/index.ts'
import {openNewsroom} from '../queries/newsroom.ts'
import {NOW, SEEDED} from '../queries/stories.ts'
import {blocks, context, story} from './everyBlock.ts'

/** Without a package of types of its own, which nothing else here needs. */
const server: {renderToStaticMarkup(node: ReactNode): string} = createRequire(import.meta.url)(
  'react-dom/server',
)

type Child = DefaultTreeAdapterTypes.ChildNode

/** An element, its attributes and what is in it, one to a line. */
const linesOf = (node: Child, depth: number): string[] => {
  const indent = '  '.repeat(depth)
  if (!('tagName' in node)) return 'value' in node ? [`${indent}${node.value}`] : []
  const attributes = node.attrs.map(({name, value}) => ` ${name}=${value}`).toSorted()
  return [
    `${indent}${node.tagName}${attributes.join('')}`,
    ...node.childNodes.flatMap((child) => linesOf(child, depth + 1)),
  ]
}

/** What a browser makes of the markup. */
const documentOf = (html: string): string[] =>
  parseFragment(html).childNodes.flatMap((node) => linesOf(node, 0))

/** React adds a link for the lead picture, so that it is loaded first. */
const withoutPreloads = (lines: readonly string[]): string[] =>
  lines.filter((line) => !/^link .*rel=preload/.test(line))

it('in the body of a story', () => {
  const made = server.renderToStaticMarkup(createElement(StoryBody, {blocks, context}))
  expect(withoutPreloads(documentOf(made))).toEqual(documentOf(bodyHtml(blocks, context)))
  expect(documentOf(made).length).toBeGreaterThan(100)
})

it.each([
  ['a story', storyView(story, context)],
  ['a story for editors', storyView(story, {...context, forEditors: true, base: null})],
  ['an empty story', storyView({}, context)],
  ['a card', cardView(story, context)],
])('in %s', (_, view) => {
  const made = documentOf(server.renderToStaticMarkup(reactOf(view)))
  expect(withoutPreloads(made)).toEqual(documentOf(htmlOf(view)))
})

it('in the seeded story', async () => {
  const newsroom = await openNewsroom()
  const params = {slug: SEEDED.slug, now: NOW}
  const answer = await newsroom.client.fetch(articleBySlugQuery, params)
  await newsroom.close()
  const view = storyView(answer ?? {}, context)
  expect(htmlOf(view)).toContain('Clubhouse')
  const made = documentOf(server.renderToStaticMarkup(reactOf(view)))
  expect(withoutPreloads(made)).toEqual(documentOf(htmlOf(view)))
})
