import {connect} from '../file/connection.ts'
import {placeOf} from '../indexes/values/place.ts'

/**
 * Whether a dataset's file holds a document, for who has not opened the dataset.
 * @param file Of a dataset that exists.
 */
export const holdsDocument = (file: string, id: string): boolean => {
  const {layer, group} = placeOf(id)
  const connection = connect(file, {readOnly: true})
  try {
    const sql = 'SELECT 1 FROM document WHERE grp = ? AND layer = ?'
    return connection.one(sql, group, layer) !== undefined
  } finally {
    connection.close()
  }
}
