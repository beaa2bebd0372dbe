/** An embedded Content Lake: SQLite and GROQ behind Sanity's HTTP API. */
export {createLake, type Lake} from './open/createLake.ts'
export {DEFAULT_DATASET, DEFAULT_PROJECT_ID, type LakeOptions} from './open/lakeOptions.ts'
export {FolderInUseError} from './open/openServices.ts'
export {DataFolderError} from './access/dataFolder.ts'
export type {DeclaredIndex} from './open/declaredIndexes.ts'
export {
  type ClientLimits,
  DEFAULT_PORT,
  describeExposure,
  findRunningLake,
  type FoundLake,
  isExposed,
  ListenError,
  logEvents,
  publicAddress,
  type PublicAddress,
  type RequestEvent,
  type RunningServer,
  type ServerOptions,
  startServer,
  stopSignal,
} from './server/index.ts'
export {
  type Restored,
  restoreSnapshot,
  type RestoreOptions,
} from './datasets/snapshots/restoreSnapshot.ts'
export {SnapshotError, snapshotFolder} from './datasets/snapshots/snapshot.ts'
export type {Fault, FaultRequest, Faults} from './http/routing/faults.ts'
export {FixableError, LakeError} from './core/errors.ts'
export type {AclMode} from './access/project.ts'
export type {Role} from './access/roles.ts'
export type {Json, JsonObject, StoredDocument} from './core/document.ts'
export type {Perspective} from './core/perspective.ts'
export type {Explanation} from './query/explain.ts'
export {describeExplanation} from './query/describeExplanation.ts'
export type {QueryEvent} from './query/queryEvents.ts'
export type {CommitEvent} from './writer/commitEvents.ts'
