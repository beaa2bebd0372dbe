/**
 * The hooks room calls the webhooks of a project: it reads the history of the datasets, makes messages
 * of the changes that a webhook wants, and sends them. This file is its entry; the webhooks themselves
 * are in the project's file.
 */
import {concerns, type HookRecord} from '../access/hookRecord.ts'
import type {ProjectFile} from '../access/project.ts'
import {conflict, notFound, temporarilyUnavailable, tooManyRequests} from '../core/errors.ts'
import {HOOK_LOG_LIFETIME, MAX_HOOK_TESTS, MAX_HOOKS, MAX_LOGGED_MESSAGES} from '../core/limits.ts'
import {
  type Attempt,
  type HookLog,
  type Message,
  type NewMessage,
  openHookLog,
} from '../store/hooks/hookLog.ts'
import type {CommitStream} from '../stream/commitStream.ts'
import {compileRule, type CompiledRule} from './compileRule.ts'
import type {HookSettings} from './hookInput.ts'
import {type HistorySource, readOn, skipHistory, startReading} from './readHistory.ts'
import {createSender, type Sender} from './sendMessages.ts'
import {plainName, type Targets} from './targets.ts'

export interface Hooks {
  list(): readonly HookRecord[]
  /** @throws LakeError 404 */
  get(id: string): HookRecord
  /** Whether its messages wait because the lake may not call its host. */
  isPaused(hook: Pick<HookRecord, 'url'>): boolean
  /** @throws LakeError 400 for a rule that does not parse, 409 beyond the limit of webhooks. */
  add(settings: HookSettings, userId: string): HookRecord
  /** @throws LakeError 400 for a rule that does not parse, 404. */
  change(id: string, edit: (hook: HookRecord) => HookRecord): HookRecord
  /** Deletes it with its messages. @throws LakeError 404 */
  remove(id: string): void
  /** The newest first. */
  messages(id: string): readonly Message[]
  attempts(id: string): readonly Attempt[]
  /** @throws LakeError 404 */
  attempt(id: string): Attempt
  /** Sends a message about no document, to see whether the receiver answers. */
  test(id: string): Promise<Attempt>
  /**
   * Sends a message again.
   * @throws LakeError 404, and 409 while it is being sent.
   */
  redeliver(id: string, messageId: string): Promise<Attempt>
  /** Follows a dataset, which has just been opened. */
  follow(dataset: HistorySource & {readonly commits: CommitStream}): void
  /** The sequence of the first transaction that a webhook has not read; Infinity if all have. */
  firstUnread(dataset: string): number
  close(): Promise<void>
}

export interface HooksOptions {
  readonly project: ProjectFile
  readonly projectId: string
  /** Path of the log; null keeps it in memory. */
  readonly file: string | null
  readonly targets: Targets
  /** If false, messages wait for the next lake. */
  readonly sends: boolean
  now(): number
  newId(): string
  onError(error: unknown): void
}

/** Milliseconds from a commit until its history is read, so that commits in a row are read together. */
const READING_PAUSE = 10

/** Milliseconds between two removals of old messages. */
const TIDY_INTERVAL = 60 * 60 * 1000

/** Messages and attempts in one answer. */
const MAX_LISTED = 500

export const createHooks = (options: HooksOptions): Hooks => {
  const {project, projectId, targets, now, newId, onError} = options
  const sources = new Map<string, HistorySource>()
  const rules = new Map<HookRecord, CompiledRule>()
  let open: {readonly log: HookLog; readonly sender: Sender} | undefined
  let isClosed = false
  let reading: NodeJS.Timeout | undefined
  let testing = 0

  const list = (): readonly HookRecord[] => project.read().hooks
  const find = (id: string): HookRecord | undefined => list().find((hook) => hook.id === id)
  const get = (id: string): HookRecord => {
    const hook = find(id)
    if (hook === undefined) throw notFound(`There is no webhook "${id}".`)
    return hook
  }
  const isPaused: Hooks['isPaused'] = ({url}) =>
    options.sends && !targets.allowsHost(plainName(new URL(url).hostname))
  const isActive = (hook: HookRecord): boolean =>
    options.sends && !hook.isDisabledByUser && !isPaused(hook)
  let active:
    | {readonly of: readonly HookRecord[]; readonly hooks: readonly HookRecord[]}
    | undefined
  /** Called after every commit, so it is computed once for each state of the project. */
  const activeHooks = (): readonly HookRecord[] => {
    const all = list()
    if (active?.of !== all) active = {of: all, hooks: all.filter(isActive)}
    return active.hooks
  }

  const ruleOf = (hook: HookRecord): CompiledRule => {
    const known = rules.get(hook)
    if (known !== undefined) return known
    const rule = compiled(hook)
    // Records are replaced when they change.
    for (const old of rules.keys()) if (!list().includes(old)) rules.delete(old)
    rules.set(hook, rule)
    return rule
  }

  /** The log is opened when there is a webhook, so that lakes without one have no such file. */
  const opened = (): {readonly log: HookLog; readonly sender: Sender} => {
    if (isClosed) throw temporarilyUnavailable('The lake is closing.')
    if (open !== undefined) return open
    const log = openHookLog(options.file)
    log.keepOnly(list().map(({id}) => id))
    log.recover(now())
    const sender = createSender({
      log,
      projectId,
      targets,
      now,
      newId,
      active: (id) => activeHooks().find((hook) => hook.id === id),
      onEnded: () => readSoon(),
      onError: report,
    })
    open = {log, sender}
    tidy()
    return open
  }

  const report = (error: unknown): void => {
    if (!isClosed) onError(error)
  }

  const tidy = (): void => {
    if (open === undefined) return
    for (const {id} of list()) {
      open.log.tidy(id, now() - HOOK_LOG_LIFETIME, MAX_LOGGED_MESSAGES)
    }
  }
  const tidying = setInterval(() => attempt(tidy), TIDY_INTERVAL).unref()

  /** For work that has no caller. */
  const attempt = (work: () => void): void => {
    if (isClosed) return
    try {
      work()
    } catch (error) {
      report(error)
    }
  }

  const readSoon = (): void => {
    if (isClosed || reading !== undefined || activeHooks().length === 0) return
    reading = setTimeout(() => {
      reading = undefined
      attempt(read)
    }, READING_PAUSE).unref()
  }

  /** One step for each webhook and dataset, then a pause for other work. */
  const read = (): void => {
    const {log, sender} = opened()
    let hasMore = false
    for (const hook of activeHooks()) {
      for (const source of sources.values()) {
        if (!concerns(hook, source.name)) continue
        const rule = ruleOf(hook)
        if (readOn(hook, rule, source, {log, projectId, now, newId})) hasMore = true
      }
      sender.wake(hook.id)
    }
    if (hasMore) readSoon()
  }

  const follow: Hooks['follow'] = (dataset) => {
    sources.set(dataset.name, dataset)
    dataset.commits.subscribe({
      onCommit: readSoon,
      remote: {subscription: {kind: 'anything'}, notify: readSoon},
      onLoss: readSoon,
      onClose: () => {
        if (sources.get(dataset.name) === dataset) sources.delete(dataset.name)
      },
    })
    attempt(() => begin([dataset]))
  }

  const begin = (datasets: Iterable<HistorySource>): void => {
    if (list().length === 0) return
    const {log} = opened()
    for (const hook of list()) {
      if (hook.isDisabledByUser) continue
      for (const source of datasets) {
        if (concerns(hook, source.name)) startReading(log, hook.id, source)
      }
    }
    readSoon()
  }

  /** A dataset that is gone may come back with another history. */
  const forgetDatasets = (): void => {
    if (open === undefined) return
    const {log} = open
    const names = new Set(project.read().datasets.map(({name}) => name))
    for (const {id} of list()) {
      for (const name of log.progress.datasets(id)) {
        if (!names.has(name)) log.progress.forget(id, name)
      }
    }
  }
  const stopWatching = project.onChange(() => attempt(forgetDatasets))

  const store = (hooks: readonly HookRecord[]): void =>
    project.change((state) => ({...state, hooks}))

  /** @throws LakeError 409 if this lake sends nothing, 429 beyond the limit. */
  const requireSending = (): void => {
    if (!options.sends) {
      throw conflict('The lake is not running. Start it with "lake start", then try again.')
    }
    if (testing >= MAX_HOOK_TESTS) {
      throw tooManyRequests(`${MAX_HOOK_TESTS} messages are being sent already.`, 5)
    }
  }

  const sendNow = async (
    hook: HookRecord,
    message: Message,
    retries: boolean,
  ): Promise<Attempt> => {
    testing += 1
    try {
      return await opened().sender.sendNow(hook, message, retries)
    } finally {
      testing -= 1
    }
  }

  const start = (hook: HookRecord): void => {
    skipHistory(opened().log, hook, [...sources.values()])
    readSoon()
  }

  return {
    list,
    get,
    isPaused,
    add: (settings, userId) => {
      compileRule(settings)
      if (list().length >= MAX_HOOKS) {
        throw conflict(`A lake has at most ${MAX_HOOKS} webhooks. Delete one first.`)
      }
      const hook: HookRecord = {
        ...settings,
        id: newId().slice(0, 16),
        createdAt: new Date(now()).toISOString(),
        createdByUserId: userId,
      }
      start(hook)
      store([...list(), hook])
      readSoon()
      return hook
    },
    change: (id, edit) => {
      const before = get(id)
      const after = edit(before)
      compileRule(after)
      const {log} = opened()
      if (after.isDisabledByUser && !before.isDisabledByUser) log.cancel(id, now())
      for (const name of log.progress.datasets(id)) {
        if (after.isDisabledByUser || !concerns(after, name)) log.progress.forget(id, name)
      }
      if (before.isDisabledByUser && !after.isDisabledByUser) start(after)
      store(list().map((hook) => (hook.id === id ? after : hook)))
      begin(sources.values())
      return after
    },
    remove: (id) => {
      get(id)
      store(list().filter((hook) => hook.id !== id))
      opened().log.keepOnly(list().map((hook) => hook.id))
    },
    messages: (id) => opened().log.messages(get(id).id, MAX_LISTED),
    attempts: (id) => opened().log.attempts(get(id).id, MAX_LISTED),
    attempt: (id) => {
      const found = list().length === 0 ? undefined : opened().log.attempt(id)
      if (found === undefined) throw notFound(`There is no attempt "${id}".`)
      return found
    },
    test: async (id) => {
      const hook = get(id)
      requireSending()
      const {log} = opened()
      const message = testMessage(hook, newId(), new Date(now()).toISOString())
      log.add(message, now())
      const added = log.message(message.id)
      if (added === undefined) throw conflict('The message is gone. Try again.')
      return sendNow(hook, added, false)
    },
    redeliver: async (id, messageId) => {
      const hook = get(id)
      requireSending()
      const message = opened().log.message(messageId)
      if (message === undefined || message.hook !== id) {
        throw notFound(`The webhook "${hook.name}" has no message "${messageId}".`)
      }
      if (message.status === 'sending') throw conflict('The message is being sent.')
      return sendNow(hook, message, message.status === 'queued')
    },
    follow,
    firstUnread: (dataset) => {
      const unread = list()
        .filter((hook) => !hook.isDisabledByUser && concerns(hook, dataset))
        .map(({id}) => opened().log.progress.get(id, dataset))
      return Math.min(Infinity, ...unread.map((place) => (place?.sequence ?? Infinity) + 1))
    },
    close: async () => {
      isClosed = true
      stopWatching()
      clearInterval(tidying)
      clearTimeout(reading)
      await open?.sender.close()
      open?.log.close()
    },
  }
}

/** A rule that an earlier version accepted may not compile any more: then its messages say why. */
const compiled = (hook: HookRecord): CompiledRule => {
  try {
    return compileRule(hook)
  } catch (error) {
    const {concerns: counts} = compileRule({
      ...hook,
      rule: {...hook.rule, filter: null, projection: null},
    })
    return {
      concerns: counts,
      payload: () => {
        throw error
      },
    }
  }
}

const testMessage = (hook: HookRecord, id: string, time: string): NewMessage => ({
  id,
  hook: hook.id,
  dataset: hook.dataset,
  document: 'test',
  operation: 'update',
  transactionId: id,
  transactionTime: time,
  payload: JSON.stringify({_id: 'test', _type: 'test', _updatedAt: time}),
})
