/** The services of one lake that its handlers use. */
import type {AccessWatch} from '../../access/accessWatch.ts'
import type {Caller} from '../../access/caller.ts'
import type {ProjectFile} from '../../access/project.ts'
import type {Settings} from '../../access/settings.ts'
import type {TemporaryCodes} from '../../access/temporaryCodes.ts'
import type {Tokens} from '../../access/tokens.ts'
import type {Assets} from '../../assets/assets.ts'
import type {FastOption} from '../../core/fast.ts'
import type {RequestScheduler} from '../../core/requestScheduler.ts'
import type {CopyJobs} from '../../datasets/copyJobs.ts'
import type {Datasets} from '../../datasets/datasets.ts'
import type {Hooks} from '../../hooks/hooks.ts'
import type {Backlogs} from '../../stream/backlogs.ts'
import type {EventStreams} from '../../stream/eventStreams.ts'

export interface Services {
  /** Which optimisations the lake uses. */
  readonly fast: FastOption
  readonly projectId: string
  /** @throws 404 for another project, with a body that a Studio does not react to. */
  checkProject(id: string): void
  /** Milliseconds since 1970. */
  now(): number
  newId(): string
  /** The data folder's own administrator token. */
  readonly token: string
  /** Host names of the lake, in addition to loopback names and IP addresses. */
  readonly hosts: readonly string[]
  /**
   * Origins (`https://desk.example.org`), in addition to this machine's, whose pages may use the lake,
   * including those of `sanity cors`. Pages of `readingOrigins` may not send credentials.
   */
  readonly origins: readonly string[]
  readonly readingOrigins: readonly string[]
  readonly project: ProjectFile
  /** The Studio's settings of each user. */
  readonly settings: Settings
  readonly tokens: Tokens
  readonly accessWatch: AccessWatch
  /** Sign-ins on their way to a Studio. */
  readonly signIns: TemporaryCodes<Caller>
  /** Listeners' credentials across the redirect to another host name. */
  readonly tickets: TemporaryCodes<Caller>
  readonly datasets: Datasets
  readonly assets: Assets
  /** Webhooks. */
  readonly hooks: Hooks
  readonly jobs: CopyJobs
  /** Events and messages that wait for slow clients. */
  readonly backlogs: Backlogs
  readonly streams: EventStreams
  /** Shares the event loop between requests. */
  readonly scheduler: RequestScheduler
}
