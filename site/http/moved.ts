/** 301: a page that has another address. */
import {type Page, pageOf} from './page.ts'

/** @param path of this site, such as `/news/ferry-returns` */
export const movedTo = (path: string): Page =>
  pageOf({
    status: 301,
    headers: {location: path, 'content-type': 'text/plain; charset=utf-8'},
    body: `Moved to ${path}\n`,
  })
