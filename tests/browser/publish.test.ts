import {expect, test} from 'vitest'

import {articleBySlugQuery, frontPageQuery} from '../../front/queries/index.ts'
import {inNewsroom} from './inNewsroom.ts'
import {footer, HEADLINE, pathOf, publish, SLUG, STORY, textInput} from './studio.ts'

const NEW = 'Musk asks Putin for a talk'

test(
  'publishing changes the front end, and nothing before does',
  inNewsroom(async ({openStudio, reader}) => {
    const read = async () => {
      const now = new Date().toISOString()
      const article = await reader.fetch(articleBySlugQuery, {slug: SLUG, now})
      const front = await reader.fetch(frontPageQuery, {now})
      return [article?.headline, ...front.map(({headline}) => headline)]
    }
    const page = await openStudio(pathOf(STORY))
    expect(await read()).toEqual([HEADLINE, HEADLINE])

    await textInput(page, 'headline').fill(NEW)
    await footer(page)
      .getByText(/^(Saved|Edited)/)
      .waitFor()
    expect(await read()).toEqual([HEADLINE, HEADLINE])

    await publish(page)
    expect(await read()).toEqual([NEW, NEW])
  }),
)
