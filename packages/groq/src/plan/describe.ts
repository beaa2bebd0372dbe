/** Describes accesses in words, for `explain`. */
import type {Access, OrderedWalk} from '../source/source.ts'

/** An access in words, without its values: what explain shows and counts by. */
export const describeAccesses = (accesses: readonly Access[]): string =>
  [...new Set(accesses.map(describe))].join(' or ') || 'nothing'

const describe = (access: Access): string => {
  switch (access.by) {
    case 'type':
      return `type ${access.types.join(', ')}`
    case 'id':
      return 'id'
    case 'idRange':
      return 'ids in a range'
    case 'versions':
      return 'versions of a document'
    case 'release':
      return 'versions in a release'
    case 'reference':
      return `references${within(access.type)}`
    case 'value':
      return `value of ${access.path}${within(access.type)}`
    case 'range':
      return `range of ${access.path}${within(access.type)}`
    case 'defined':
      return `defined ${access.path}${within(access.type)}`
    case 'tokens':
      return `words${within(access.type)}`
  }
}

const within = (type: string | undefined): string => (type === undefined ? '' : ` in ${type}`)

export const describeWalk = ({types, path, direction, refersTo, within}: OrderedWalk): string =>
  `${types.join(', ')} by ${path} ${direction}` +
  (refersTo === undefined ? '' : ', with a reference') +
  (within === undefined ? '' : ', within bounds')
