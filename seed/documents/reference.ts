/** A strong reference to a document. */
export function reference(id: string): {_type: 'reference'; _ref: string} {
  return {_type: 'reference', _ref: id}
}
