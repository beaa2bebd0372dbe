import type {AclMode} from '../access/project.ts'
import type {Faults} from '../http/routing/faults.ts'

/** How a lake is opened; see `createLake`. What is undefined has its default. */
export interface LakeOptions {
  /** Folder that holds everything, made when it is not there. Without one the lake is in memory. */
  readonly dataDir?: string | undefined
  /** Lower-case letters and digits: some official tools read no others from an asset's path. */
  readonly projectId?: string | undefined
  /** Made when they are not there; public unless said otherwise. */
  readonly datasets?:
    | readonly (string | {readonly name: string; readonly aclMode: AclMode})[]
    | undefined
  /**
   * Where clients reach the lake, for the addresses of assets: a proxy's, for example. Left out, it
   * is the address of the server that starts, and until then the last one, or http://localhost:3333.
   */
  readonly url?: string | undefined
  /** Host names beside loopback under which the lake is reached. */
  readonly hosts?: readonly string[] | undefined
  /** Origins beside those of this machine whose pages may use the lake. */
  readonly origins?: readonly string[] | undefined
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined
  /** Random ids of documents, transactions and listeners: 22 letters and digits. */
  readonly newId?: (() => string) | undefined
  /**
   * Answers 429 beyond hosted Sanity's rates per client address and second, for every address or
   * for those of other machines; false if left out.
   */
  readonly rateLimits?: boolean | 'otherMachines' | undefined
  /** What goes wrong on purpose, for tests of clients. */
  readonly faults?: Faults | undefined
  /** Called with failures that no client caused; the default prints them. */
  readonly onError?: ((error: unknown) => void) | undefined
}
