/**
 * What the source suggests and does not say: an editor accepts or rejects it. A proposal is kept in
 * the article’s provenance with its evidence, letter for letter, and is flagged.
 */
import type {Proposal} from '../model/provenance.ts'
import type {Note} from '../model/review.ts'
import {lineKey} from './lineKey.ts'
import {reference} from './reference.ts'

export interface Proposed {
  /** The line of the evidence. */
  readonly line: number
  /** The path of the field it is for, from the article. */
  readonly field: string
  /** In words: a name, a time. */
  readonly value: string
  /** The topic that the value is, where there is one. */
  readonly topicId?: string
  readonly evidence: string
  readonly rule: Proposal['rule']
  /** What an editor is asked. */
  readonly message: string
}

export type Propose = (proposed: Proposed) => void

/** Collects proposals, each with its flag. */
export function proposalList(note: Note): {propose: Propose; proposals: Proposal[]} {
  const proposals: Proposal[] = []
  const propose: Propose = ({line, topicId, message, ...own}) => {
    note('proposal', line, message)
    proposals.push({
      _type: 'proposal',
      _key: `${lineKey(line)}-p${proposals.filter((one) => one.line === line).length + 1}`,
      line,
      ...own,
      ...(topicId && {topic: reference(topicId)}),
    })
  }
  return {propose, proposals}
}
