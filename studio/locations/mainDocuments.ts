/** The site preview: which document the form opens beside each page. */
import {defineDocuments} from 'sanity/presentation'

import {typesWithAddress} from '../documentTypes.ts'

/** Drafts without a web address are previewed under their id. */
export const mainDocuments = defineDocuments([
  {route: '/', filter: '_type == "siteSettings"'},
  {route: '/news/:slug', filter: '_type == "article" && (slug.current == $slug || _id == $slug)'},
  ...typesWithAddress
    .filter((type) => type !== 'article')
    .map((type) => ({
      route: `/${type}s/:slug`,
      filter: `_type == "${type}" && slug.current == $slug`,
    })),
  {route: '/preview/:id', filter: '_id == $id'},
])
