/** @module-tag long */
import {expect, test} from 'vitest'

import {articleBySlugQuery, articleRedirectQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {openMore, pathOf, publish, SLUG, STORY, textInput} from './studio.ts'

const NEW = 'musk-invites-putin'

test(
  'change the web address; old links still reach the story',
  inNewsroom(async ({openStudio, reader}) => {
    const page = await openStudio(pathOf(STORY))
    await openMore(page)
    await textInput(page, 'slug').fill(NEW)
    await publish(page)

    const now = new Date().toISOString()
    expect(await reader.fetch(articleBySlugQuery, {slug: SLUG, now})).toBeNull()
    expect(await reader.fetch(articleRedirectQuery, {slug: SLUG, now})).toEqual({slug: NEW})
    expect(await reader.fetch(articleBySlugQuery, {slug: NEW, now})).toMatchObject({_id: STORY})
  }),
)
