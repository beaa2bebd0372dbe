import {createHmac} from 'node:crypto'

/**
 * How a lake shows that it is the one of a data folder without saying the folder's token: whoever
 * took over the port of a lake that is gone cannot answer a fresh challenge.
 */
export const proofOf = (token: string, challenge: string): string =>
  createHmac('sha256', token).update(challenge).digest('hex')
