/** The options of `createLake`. An option that is undefined has its default. */
import type {AclMode} from '../access/project.ts'
import type {Faults} from '../http/routing/faults.ts'
import type {DeclaredIndex} from './declaredIndexes.ts'

export const DEFAULT_PROJECT_ID = 'copydesk'
export const DEFAULT_DATASET = 'production'
/** Where a lake's server listens, unless an option names another port. */
export const DEFAULT_PORT = 3333

export interface LakeOptions {
  /** The data folder, created if it is missing. Without one, the lake is in memory. */
  readonly dataDir?: string | undefined
  /** Lower-case letters and digits, because some official tools parse it from the paths of assets. */
  readonly projectId?: string | undefined
  /** Datasets to create if they are missing; public by default. */
  readonly datasets?:
    | readonly (string | {readonly name: string; readonly aclMode: AclMode})[]
    | undefined
  /**
   * Where clients reach the lake, for the addresses of assets: a proxy's, for example. Left out, it
   * is the address of the server that starts, and until then the last one, or http://localhost:3333.
   */
  readonly url?: string | undefined
  /** Host names of the lake, in addition to loopback names. */
  readonly hosts?: readonly string[] | undefined
  /**
   * Indexes to build before a query needs them, in each dataset that has a hundred documents of the
   * type, and to keep: at most 40. The others are built after the first query that misses them.
   */
  readonly indexes?: readonly DeclaredIndex[] | undefined
  /** Origins, in addition to those of this machine, whose pages may use the lake. */
  readonly origins?: readonly string[] | undefined
  /**
   * Hosts, in addition to this machine, that webhooks may call: names (`site.example.org`), all names
   * below one (`*.example.org`), addresses, networks (`10.1.0.0/16`), or `*` for every public address.
   * A name may lead to public addresses and to those that are listed.
   */
  readonly hookHosts?: readonly string[] | undefined
  /** False to leave the messages of webhooks to the next lake on the folder. */
  readonly sendHooks?: boolean | undefined
  /**
   * When a write is answered. `disk`, the default: when it is on the disk, so that a power cut cannot
   * take it. `system`: when the operating system has it, which is several times as fast for small
   * writes; a killed lake loses nothing, but a power cut may take the last writes, each as a whole.
   */
  readonly durability?: 'disk' | 'system' | undefined
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined
  /** Random ids of documents, transactions and listeners: 22 letters and digits. */
  readonly newId?: (() => string) | undefined
  /**
   * Applies hosted Sanity's rate limits per client address (status 429): to every address, or to those
   * of other machines. The default is false.
   */
  readonly rateLimits?: boolean | 'otherMachines' | undefined
  /** Injects faults, for tests of clients. */
  readonly faults?: Faults | undefined
  /** Called with failures that no client caused; the default prints them. */
  readonly onError?: ((error: unknown) => void) | undefined
}
