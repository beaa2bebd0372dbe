/** The demo's newsroom for tests, with one tiny picture in place of the large ones. */
import {fillDemo} from '../../demo/fillDemo.ts'
import {type Newsroom, openEmptyNewsroom} from '../queries/newsroom.ts'

/** A red point, as PNG. */
const POINT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** @param now when the demo is imported; its dates are relative to it */
export const openDemo = async (now = Date.now()): Promise<Newsroom> => {
  const newsroom = await openEmptyNewsroom()
  await fillDemo({client: newsroom.editor, now, draw: () => Promise.resolve(POINT)})
  return newsroom
}
