import type {AccessWatch} from '../../access/accessWatch.ts'
import type {Caller} from '../../access/caller.ts'
import type {ProjectFile} from '../../access/project.ts'
import type {Settings} from '../../access/settings.ts'
import type {TemporaryCodes} from '../../access/temporaryCodes.ts'
import type {Tokens} from '../../access/tokens.ts'
import type {Assets} from '../../assets/assets.ts'
import type {RequestScheduler} from '../../core/requestScheduler.ts'
import type {CopyJobs} from '../../datasets/copyJobs.ts'
import type {Datasets} from '../../datasets/datasets.ts'
import type {Backlogs} from '../../stream/backlogs.ts'
import type {EventStreams} from '../../stream/eventStreams.ts'

/** What the handlers of one lake work with. */
export interface Services {
  readonly projectId: string
  /** @throws 404 for another project; the body has nothing that a Studio reacts to. */
  checkProject(id: string): void
  /** Milliseconds since 1970. */
  now(): number
  newId(): string
  /** The data folder's own administrator token. */
  readonly token: string
  /** Host names beside loopback and addresses under which the lake is reached. */
  readonly hosts: readonly string[]
  /**
   * Origins (`https://desk.example.org`) beside this machine's whose pages may use the lake, those
   * of `sanity cors` included; those in `readingOrigins` may not send credentials.
   */
  readonly origins: readonly string[]
  readonly readingOrigins: readonly string[]
  readonly project: ProjectFile
  /** What the Studio remembers for users. */
  readonly settings: Settings
  readonly tokens: Tokens
  readonly accessWatch: AccessWatch
  /** Sign-ins on their way to a Studio. */
  readonly signIns: TemporaryCodes<Caller>
  /** Listeners' credentials across the redirect to another host name. */
  readonly tickets: TemporaryCodes<Caller>
  readonly datasets: Datasets
  readonly assets: Assets
  readonly jobs: CopyJobs
  /** What waits for slow readers of streams and sockets. */
  readonly backlogs: Backlogs
  readonly streams: EventStreams
  /** What requests may take together of one turn of the event loop. */
  readonly scheduler: RequestScheduler
}
