/**
 * Diagnostics channel for commits: lets tools and `--verbose` see each transaction.
 */
import {channel} from 'node:diagnostics_channel'

/**
 * Published on the diagnostics channel `copydesk:lake:commit` for each transaction that a mutate or
 * actions request, or a scheduled release, has committed.
 */
export interface CommitEvent {
  readonly dataset: string
  readonly transactionId: string
  /** User id of the author. */
  readonly author: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  /** Number of documents that it changed. */
  readonly documents: number
  /** Where it ran: on the thread that serves requests, or on the one for large transactions. */
  readonly thread: 'serving' | 'writer'
}

const commits = channel('copydesk:lake:commit')

/** Whether the channel has subscribers; without any, nothing is read for an event. */
export const areCommitsObserved = (): boolean => commits.hasSubscribers

export const publishCommit = (event: CommitEvent): void => commits.publish(event)
