/**
 * A proposal is something that the source suggests but does not state; an editor accepts or rejects
 * it. It is kept in the article’s provenance, with its evidence as printed, and flagged.
 */
import type {Note} from '../model/review.ts'
import type {Proposal} from '../model/seedDocument.ts'
import {lineKey} from './lineKey.ts'
import {reference} from './reference.ts'

export interface Proposed {
  /** The line of the evidence. */
  readonly line: number
  /** The path of its field, from the article. */
  readonly field: string
  /** As text: a name, a time. */
  readonly value: string
  /** The topic for the value, if there is one. */
  readonly topicId?: string
  readonly evidence: string
  readonly rule: Proposal['rule']
  /** The question to the editor. */
  readonly message: string
}

export type Propose = (proposed: Proposed) => void

/** Collects proposals and their flags. */
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
