/** Stories as HTML. */
import {expect, it} from 'vitest'

import {bodyHtml, htmlOf} from '../../front/body/html.ts'
import {cardView} from '../../front/page/card.ts'
import {headViews} from '../../front/page/head.ts'
import {storyView} from '../../front/page/story.ts'
import {blocks, context, story} from './everyBlock.ts'

const pretty = (html: string): string =>
  html.replaceAll(
    /(?<=<\/(?:p|h\d|li|ul|ol|figure|aside|blockquote|header|footer|section|article|div|title)>|<meta [^>]*>|<link [^>]*>)/g,
    '\n',
  )

it('has an element for each block, style and mark', async () => {
  await expect(pretty(bodyHtml(blocks, context))).toMatchFileSnapshot('fixtures/body.txt')
})

it('has a whole story', async () => {
  const html = htmlOf(storyView({...story, body: []}, context))
  await expect(pretty(html)).toMatchFileSnapshot('fixtures/story.txt')
})

it('has a card and a head', async () => {
  const options = {...context, base: 'https://site.example', publication: 'Lower Quay News'}
  const html = [cardView(story, context, {level: 3}), ...headViews(story, options)]
    .map((view) => htmlOf(view))
    .join('')
  await expect(pretty(html)).toMatchFileSnapshot('fixtures/cardAndHead.txt')
})
