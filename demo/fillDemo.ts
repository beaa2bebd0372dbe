/** Fills an empty dataset with the demo's newsroom, embedded or hosted. */
import type {SanityClient} from '@sanity/client'

import type {SeedDocument} from '../seed/model/seedDocument.ts'
import {names} from './names.ts'
import type {Setting} from './parts.ts'
import {PICTURE_NAMES, type PictureName} from './pictures/scenes.ts'
import {ferryReturns} from './stories/ferryReturns.ts'
import {languages} from './stories/languages.ts'
import {states} from './stories/states.ts'
import {draft, inRelease, RELEASE_AHEAD} from './stories/unpublished.ts'

interface Options {
  /** Its token must be allowed to write, and to schedule releases. */
  readonly client: SanityClient
  /** The time of the import, in milliseconds: the stories' dates are relative to it. */
  readonly now: number
  /** A picture as a file. */
  readonly draw: (name: PictureName) => Promise<Buffer>
}

const RELEASE = 'rSummer01'

/**
 * Writes the demo: what is published in one transaction, then a draft and a scheduled release.
 * @returns How many documents were written, pictures and the release left out.
 */
export const fillDemo = async ({client, now, draw}: Options): Promise<number> => {
  const assets = new Map<PictureName, string>()
  for (const name of PICTURE_NAMES) {
    const {_id: id} = await client.assets.upload('image', await draw(name), {filename: name})
    assets.set(name, id)
  }
  const setting = settingAt(now, assets)
  const published = demoDocuments(setting)
  const transaction = client.transaction()
  for (const document of published) transaction.createOrReplace<Record<string, unknown>>(document)
  await transaction.create(draft()).commit()

  await client.releases.create({
    releaseId: RELEASE,
    metadata: {
      title: 'Summer',
      releaseType: 'scheduled',
      intendedPublishAt: setting.ahead(RELEASE_AHEAD),
    },
  })
  const story = inRelease(setting)
  await client.create<Record<string, unknown>>({...story, _id: `versions.${RELEASE}.${story._id}`})
  await client.releases.schedule({releaseId: RELEASE, publishAt: setting.ahead(RELEASE_AHEAD)})
  return published.length + 2
}

/** The published documents of the demo. */
const demoDocuments = (setting: Setting): SeedDocument[] => [
  ...names(setting),
  ferryReturns(setting),
  ...states(setting),
  ...languages(setting),
]

const HOUR = 3_600_000

/** Times around `now`, in whole minutes as editors write them, and pictures by name. */
const settingAt = (now: number, assets: ReadonlyMap<PictureName, string>): Setting => {
  const at = (hours: number): string =>
    new Date(Math.floor(now / 60_000) * 60_000 + hours * HOUR).toISOString()
  return {
    ago: (hours) => at(-hours),
    ahead: at,
    assetOf: (name) => {
      const id = assets.get(name)
      if (id === undefined) throw new Error(`The picture ${name} was not uploaded.`)
      return id
    },
  }
}
