import {namespaces} from '../functions/registry.ts'
import {COMMENT_OR_STRING} from './commentOrString.ts'

/**
 * White space may stand between the name of a function and its arguments (`count (tags)`), and
 * around `::`. The parser does not have it there, so it is moved behind the parenthesis: the text
 * keeps its length, and errors their place.
 */
export const moveCallSpaces = (text: string): string =>
  text.replace(
    commentOrStringOrCall,
    (part, namespace, before = '', after = '', name, global, space = '') => {
      if (namespace !== undefined) return `${namespace}::${name}(${before}${after}${space}`
      return global === undefined ? part : `${global}(${space}`
    },
  )

const syntax = ['after', 'before', 'order', 'score', 'select']
const globals = [...Object.keys(namespaces['global'] ?? {}), ...syntax].join('|')

const commentOrStringOrCall = new RegExp(
  COMMENT_OR_STRING +
    String.raw`|\b(?:([A-Za-z_]\w*)(\s*)::(\s*)([A-Za-z_]\w*)|(${globals}))(\s*)\(`,
  'g',
)
