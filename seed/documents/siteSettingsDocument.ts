/** Initial settings for a site that has none: those of the publication its stories come from. */
import {publicationOf} from '../entities/publications.ts'
import type {Ids} from '../identify/nameIds.ts'
import type {SiteSettings} from '../model/seedDocument.ts'
import {reference} from './reference.ts'

/** Undefined for a publication whose address is unknown. */
export function siteSettingsDocument(site: string, ids: Ids): SiteSettings | undefined {
  const {baseUrl, language, name, timeZone} = publicationOf(site)
  if (!baseUrl) return undefined
  return {
    _id: 'siteSettings',
    _type: 'siteSettings',
    publicationName: name,
    baseUrl,
    language,
    timeZone,
    publisher: reference(ids.publisher(name)),
  }
}
