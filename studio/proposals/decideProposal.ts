/**
 * The patches for accepting or rejecting a proposal of the import. A proposal is something that the
 * source suggests but does not state; accepting it writes its value into the field that it names.
 */
import {records, refOf, textOf} from '../../schemas/untyped.ts'
import type {ArticlePatch, Fields} from '../actions/articlePatch.ts'

export type Decision = 'accepted' | 'rejected'

/**
 * The patches for one decision; none when the article has no such proposal. `authorId` is the
 * author document for a proposed name; without one a name cannot be accepted.
 */
export const decideProposal = (
  article: Fields,
  key: string,
  decision: Decision,
  options: {readonly authorId?: string | undefined; readonly newKey: () => string},
): readonly ArticlePatch[] => {
  const provenance = records([article['provenance']])[0] ?? {}
  const proposals = records(provenance['proposals'])
  const proposal = proposals.find((one) => one['_key'] === key)
  if (!proposal) return []
  const decided: ArticlePatch = {
    set: {
      [`provenance.proposals[_key=="${key}"].decision`]: decision,
      ...settledFlag(provenance, proposals, proposal),
    },
  }
  if (decision === 'rejected') return [decided]
  const accepted = acceptedValue(article, proposal, options)
  return accepted ? [...accepted, decided] : []
}

/** The flag for this proposal: the proposals of a line and their flags are in the same order. */
const settledFlag = (
  provenance: Fields,
  proposals: readonly Fields[],
  proposal: Fields,
): Record<string, boolean> => {
  const ofLine = (one: Fields): boolean => one['line'] === proposal['line']
  const nth = proposals.filter(ofLine).indexOf(proposal)
  const flags = records(provenance['reviewFlags']).filter(
    (flag) => flag['code'] === 'proposal' && ofLine(flag),
  )
  const key = textOf(flags[nth]?.['_key'])
  return key === undefined ? {} : {[`provenance.reviewFlags[_key=="${key}"].settled`]: true}
}

const acceptedValue = (
  article: Fields,
  proposal: Fields,
  {authorId, newKey}: {readonly authorId?: string | undefined; readonly newKey: () => string},
): readonly ArticlePatch[] | undefined => {
  const field = textOf(proposal['field'])
  const topic = refOf(proposal['topic'])
  if (field === undefined) return undefined
  if (topic !== undefined) return [{set: {[field]: {_type: 'reference', _ref: topic}}}]
  if (field !== 'byline') return [{set: {[field]: proposal['value']}}]
  if (authorId === undefined) return undefined
  const signed = records(article['byline']).some((entry) => refOf(entry['author']) === authorId)
  if (signed) return []
  const entry = {
    _type: 'bylineEntry',
    _key: newKey(),
    author: {_type: 'reference', _ref: authorId},
    role: 'writer',
  }
  return [{setIfMissing: {byline: []}}, {insert: {after: 'byline[-1]', items: [entry]}}]
}

/** The text of the quotation whose speaker is proposed; undefined for other fields. */
export const quotedWords = (article: Fields, field: string): string | undefined => {
  const [, blockKey, markKey] =
    /^body\[_key=="([^"]+)"\]\.markDefs\[_key=="([^"]+)"\]\.speaker$/.exec(field) ?? []
  const block = records(article['body']).find((one) => one['_key'] === blockKey)
  const spans = records(block?.['children']).filter(
    ({marks}) => Array.isArray(marks) && marks.includes(markKey),
  )
  return textOf(spans.map(({text}) => textOf(text) ?? '').join(''))
}
