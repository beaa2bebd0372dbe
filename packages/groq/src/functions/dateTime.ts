import {dateTimeFrom} from '../values/dateTime.ts'
import {nullary} from './groqFunction.ts'
import type {Namespace} from './groqFunction.ts'

export const dateTimeFunctions: Namespace = {
  now: nullary('The time of the query as a datetime', (run) => dateTimeFrom(run.timestamp), 'time'),
}
