/** The demo's newsroom for tests, with one tiny picture in place of the large ones. */
import {fillDemo} from '../../demo/fillDemo.ts'
import type {SiteOptions} from '../../site/createSite.ts'
import {openEmptyNewsroom} from '../queries/newsroom.ts'
import {serve, type ServedNewsroom} from './openSite.ts'

/** A red point, as PNG. */
const POINT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** A picture for each name. */
export const tinyPicture = (): Promise<Buffer> => Promise.resolve(POINT)

/** The site with the demo. @param now when it is imported; its dates are relative to that */
export const serveDemo = async (
  now = Date.now(),
  options: Partial<SiteOptions> = {},
): Promise<ServedNewsroom> => {
  const newsroom = await openEmptyNewsroom()
  await fillDemo({client: newsroom.editor, now, draw: tinyPicture})
  return serve(newsroom, options)
}
