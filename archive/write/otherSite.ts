/**
 * Recognises what the dataset has from another site whose ids are the same. Nothing of one site may
 * be taken for the other in silence.
 */
import {z} from 'zod'

import {excerpt} from '../../seed/parse/excerpt.ts'
import type {StoryFlag} from '../story/story.ts'
import {haveCommonSign} from '../storyRegister.ts'
import type {StoryPlan} from './planStory.ts'

/** Why such a story is refused. */
export const OTHER_STORY =
  'expected a story with an id of its own, found the id of a story in the dataset with another slug, headline and time. ' +
  'If that one is of another site, give this site its own "source" in site.json'

const signed = z.object({
  headline: z.string().default(''),
  slug: z.object({current: z.string()}).optional(),
  provenance: z.object({sourceTime: z.string().default('')}).optional(),
})

/** Whether the dataset's version of an article is another story; see `Story.source.signs`. */
export function isOtherStory(signs: readonly string[], stored: unknown): boolean {
  return !haveCommonSign(signs, signsOf(stored))
}

function signsOf(stored: unknown): string[] {
  const read = signed.safeParse(stored)
  if (!read.success) return []
  const {headline, provenance, slug} = read.data
  return [slug?.current ?? '', headline, provenance?.sourceTime ?? '']
}

/** Authors that an earlier import wrote with another name: perhaps of another site with equal ids. */
export function otherAuthors(plan: StoryPlan | undefined): StoryFlag[] {
  return (plan?.plans ?? []).flatMap(({document, fields, reason}) => {
    const isOther = reason === 'earlierImport' && fields?.includes('name')
    if (document._type !== 'author' || !isOther) return []
    const message = `An earlier import gave the id of ${excerpt(document.name)} another name. If that is another person of another site, give this site its own "source" in site.json.`
    return {code: 'otherAuthor', pointer: document._id, message, evidence: document.name}
  })
}
