import {TextQuery} from '../text/textQuery.ts'
import {refused, unary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

const noEmbeddings = 'it needs an embeddings index, which this lake does not have'

export const textFunctions: Namespace = {
  query: unary(
    'search',
    'For `match`: words, beginnings*, "phrases" and -exclusions of a search text',
    (text) => (typeof text === 'string' ? new TextQuery(text) : null),
  ),
  semanticSimilarity: refused('text', 'How alike texts are in meaning', noEmbeddings),
  embedding: refused('text', 'The embedding of a text', noEmbeddings),
}
