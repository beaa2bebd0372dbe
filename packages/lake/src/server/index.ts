/** `@copydesk/lake/server`: a lake on the network, and finding one that runs. */
export type {ClientLimits} from './clientLimits.ts'
export {DEFAULT_PORT} from '../open/lakeOptions.ts'
export {describeExposure, isExposed} from './exposure.ts'
export {findRunningLake, type FoundLake} from './findRunningLake.ts'
export {logEvents} from './logEvents.ts'
export type {RequestEvent} from './requestEvents.ts'
export {ListenError, type RunningServer, type ServerOptions, startServer} from './startServer.ts'
