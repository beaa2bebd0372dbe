/** In previews, says which field of which document a part of the page shows, for a click on it. */
import {createDataAttribute} from '@sanity/visual-editing-standalone'

interface Document {
  readonly _id: string
  readonly _type: string
}

/** Makes the attribute `data-sanity` for a field of a document, such as `body[_key=="a1"]`. */
export const editOf = (studio: string, {_id: id, _type: type}: Document) => {
  const attribute = createDataAttribute({baseUrl: studio, id, type})
  return (path: string): string => attribute(path).toString()
}
