/** The publication as the formats of `front/formats` take it. */
import {bodyHtml} from '../../front/body/html.ts'
import type {Publication} from '../../front/formats/publication.ts'
import {pictureOf} from '../../front/pictures.ts'
import type {ViewContext} from '../../front/view/context.ts'
import {contextOf} from './parts.ts'
import type {Visit} from './visit.ts'

/** Wide enough for cards of other sites: Google asks for 1,200 pixels. */
const WIDTHS = [1200]

/** The context of what is read away from the site: every address is whole. */
export const elsewhere = (visit: Visit): ViewContext & {readonly base: string} => ({
  ...contextOf(visit),
  imageBase: new URL(visit.imageBase, visit.settings.baseUrl).href,
  base: visit.settings.baseUrl.replace(/\/+$/, ''),
})

export const publicationOf = (visit: Visit): Publication => {
  const {settings, language, imageBase} = visit
  const addressOf = (path: string): string => new URL(path, settings.baseUrl).href
  return {
    name: settings.publicationName,
    language,
    publisher: settings.publisher,
    addressOf,
    htmlOf: (blocks) => bodyHtml(blocks, elsewhere(visit)),
    pictureOf: (figure, ratio) => {
      const picture = pictureOf(figure, {
        imageBase,
        widths: WIDTHS,
        ...(ratio !== undefined && {ratio}),
      })
      if (picture === null) return null
      const {src, width, height, alt} = picture
      return {url: new URL(src, settings.baseUrl).href, width, height, alt}
    },
    logoOf: (asset) => {
      const logo = pictureOf({asset}, {imageBase})
      return logo === null ? addressOf('/') : new URL(logo.src, settings.baseUrl).href
    },
  }
}
