import type {AclMode} from '../access/project.ts'
import type {Faults} from '../http/routing/faults.ts'

/** How a lake is opened; see `createLake`. */
export interface LakeOptions {
  /** Folder that holds everything, made when it is not there. Without one the lake is in memory. */
  readonly dataDir?: string
  /** Lower-case letters and digits: some official tools read no others from an asset's path. */
  readonly projectId?: string
  /** Made when they are not there; public unless said otherwise. */
  readonly datasets?: readonly (string | {readonly name: string; readonly aclMode: AclMode})[]
  /**
   * Where the lake is reached, for the addresses of assets, until a server starts and says it
   * anew; where it was reached last, or http://localhost:3333, unless given.
   */
  readonly url?: string
  /** Host names beside loopback under which the lake is reached. */
  readonly hosts?: readonly string[]
  /** Origins beside those of this machine whose pages may use the lake. */
  readonly origins?: readonly string[]
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Random ids of documents, transactions and listeners: 22 letters and digits. */
  readonly newId?: () => string
  /**
   * Answers 429 beyond hosted Sanity's rates per client address and second, for every address or
   * for those of other machines; false if left out.
   */
  readonly rateLimits?: boolean | 'otherMachines'
  /** What goes wrong on purpose, for tests of clients. */
  readonly faults?: Faults
  /** Told about failures that no client caused; they are printed unless it is given. */
  readonly onError?: (error: unknown) => void
}
