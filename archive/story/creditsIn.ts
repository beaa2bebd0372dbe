/** All that a story credits, in its text and its pictures. */
import type {Story, StoryFigure} from './story.ts'

/** `figures` are the pictures of its body. The same credit may come more than once. */
export function creditsIn(story: Story, figures: Iterable<StoryFigure>): Story['credits'] {
  return [
    ...story.credits,
    ...(story.lead?.credits ?? []),
    ...[...figures].flatMap((figure) => figure.credits),
    ...(story.rights?.holder ? [story.rights.holder] : []),
  ]
}
