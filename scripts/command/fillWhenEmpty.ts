/** What `npm start` puts into an empty dataset: the story, or the stories of the demo. */
import {DEFAULT_DATASET, type Lake} from '@copydesk/lake'

import {importStories} from '../../seed/importStories.ts'
import {clientFor} from './clientFor.ts'
import {describeImport} from './describeImport.ts'
import {ownStories} from './ownStories.ts'

/**
 * Fills an empty dataset; any other is left alone.
 * @param demo Whether to write the invented stories instead of the real one.
 * @returns Lines that say what happened, each before or after its step.
 */
export async function* fillWhenEmpty(
  {projectId, token, dataDir}: Lake,
  apiHost: string,
  demo: boolean,
): AsyncGenerator<string> {
  const client = clientFor({projectId, dataset: DEFAULT_DATASET, token, apiHost})
  // The demo's pictures are uploaded first: if there is nothing else, its first start was interrupted.
  const counted = demo ? '*[_type != "sanity.imageAsset"]' : '*'
  const documents = await client.fetch<number>(`count(${counted})`, {}, {perspective: 'raw'})
  if (documents > 0) {
    yield `The dataset ${DEFAULT_DATASET} holds ${documents} documents.`
    if (demo)
      yield `The demo's dates are those of its first start: to renew them, delete ${dataDir}.`
    return
  }
  if (!demo) {
    yield `The dataset ${DEFAULT_DATASET} is empty: importing the story.`
    yield* describeImport(await importStories({files: ownStories(), client}))
    return
  }
  yield `The dataset ${DEFAULT_DATASET} is empty: drawing pictures and writing the demo's stories.`
  const {fillDemo} = await import('../../demo/fillDemo.ts')
  const {drawPicture} = await import('../../demo/pictures/drawPicture.ts')
  const written = await fillDemo({client, now: Date.now(), draw: drawPicture})
  yield `Wrote ${written} documents.`
}
