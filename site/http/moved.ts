/** 301 for a page that has moved. */
import {urlOf} from '../../front/addresses.ts'
import {type Page, pageOf} from './page.ts'

/** @param path of this site, such as `/news/ferry-returns` */
export const movedTo = (path: string): Page =>
  pageOf({
    status: 301,
    headers: {location: path, 'content-type': 'text/plain; charset=utf-8'},
    body: `Moved to ${path}\n`,
  })

/** The same for a story with a new slug. */
export const movedToStory = (slug: string): Page => movedTo(urlOf({_type: 'article', slug}) ?? '/')
