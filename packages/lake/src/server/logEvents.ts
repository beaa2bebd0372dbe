/** The server's log: prints its requests and slow queries as lines, for `--verbose`. */
import {subscribe, unsubscribe} from 'node:diagnostics_channel'

import {describeExplanation} from '../query/describeExplanation.ts'
import {isQueryEvent, type QueryEvent} from '../query/queryEvents.ts'
import {isRequestEvent, type RequestEvent} from './requestEvents.ts'

const SLOW_QUERY_TIME = 200

/** Characters of a slow query that are printed. */
const QUERY_START = 300

/**
 * Prints a line for each request to a server of this process, and for each slow query how it was
 * executed. Query strings of URLs and the values of parameters are never printed.
 * @param print Called with one line at a time, without a line end.
 * @param slowQueryTime Milliseconds from which a query counts as slow; 200 if left out.
 * @returns A function that stops it.
 * @example
 * const stop = logEvents(console.log)
 */
export const logEvents = (
  print: (line: string) => void,
  slowQueryTime: number = SLOW_QUERY_TIME,
): (() => void) => {
  const onRequest = (event: unknown): void => {
    if (isRequestEvent(event)) print(describeRequest(event))
  }
  const onQuery = (event: unknown): void => {
    if (isQueryEvent(event) && event.ms >= slowQueryTime) {
      for (const line of describeQuery(event)) print(line)
    }
  }
  subscribe('copydesk:lake:request', onRequest)
  subscribe('copydesk:lake:query', onQuery)
  return () => {
    unsubscribe('copydesk:lake:request', onRequest)
    unsubscribe('copydesk:lake:query', onQuery)
  }
}

/** `GET /v2025-02-19/data/query/production 200 3.1 ms 812 bytes` */
const describeRequest = ({method, path, status, ms, bytes}: RequestEvent): string =>
  `${method} ${path} ${status === 0 ? 'client gone' : status} ${ms.toFixed(1)} ms ${bytes} bytes`

const describeQuery = ({dataset, query, ms, explanation, error}: QueryEvent): readonly string[] => {
  const line = query.replaceAll(/\s+/g, ' ').trim()
  const shown = line.length > QUERY_START ? `${line.slice(0, QUERY_START)} …` : line
  return [
    `slow query, ${ms.toFixed(0)} ms, dataset ${dataset}: ${shown}`,
    ...(explanation ? describeExplanation(explanation) : []),
    ...(error === undefined ? [] : [`  failed: ${error}`]),
  ]
}
