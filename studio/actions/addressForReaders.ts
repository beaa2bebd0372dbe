/** Document actions “View on site” and “Copy link”: where readers find a document. */
import {urlOf} from '../../front/addresses.ts'
import type {Fields} from './articlePatch.ts'
import {slugOf} from './retireAddress.ts'

interface Sites {
  /** The site that the Studio previews. */
  readonly previewed: string | undefined
  /** Whether it is that of `npm start`, which has the same stories as this Studio and no other has. */
  readonly isLocal: boolean
  /** The address in the settings of the publication. */
  readonly inSettings: string | undefined
}

/**
 * The full address of a published document's page, or nothing if there is no site or no page. A site
 * that is previewed may be for editors only, so the address in the settings goes before it.
 */
export const addressForReaders = (
  type: string,
  published: Fields,
  {previewed, isLocal, inSettings}: Sites,
): string | undefined => {
  const site = isLocal ? previewed : (inSettings ?? previewed)
  const path = urlOf({_type: type, slug: slugOf(published)})
  return site === undefined || path === null ? undefined : new URL(path, site).href
}
