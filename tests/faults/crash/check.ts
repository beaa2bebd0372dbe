/** Checks a whole data folder after a fault: every dataset's file against the journal, and the running lake against the file. */
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import type {Random} from '../../../packages/groq/src/spec/fuzz/random.ts'
import {isJsonObject, type Json} from '../../../packages/lake/src/core/document.ts'
import {checkAssets} from './checkAssets.ts'
import {checkDerived} from './checkDerived.ts'
import {checkHistory, emptyReplica, type Replica} from './checkHistory.ts'
import {checkLive} from './checkLive.ts'
import type {Client} from './client.ts'
import type {Journal} from './journal.ts'
import {MAIN, POOL} from './plan.ts'
import {NOTHING, withStoredFile} from './storedFile.ts'

export interface Checker {
  /** @param client a client of the running lake; without it, only the files are checked */
  check(dataDir: string, client: Client | undefined, random: Random): Promise<void>
  /** Checks a copy of the folder that contains everything acknowledged before `asOf`. */
  checkCopy(dataDir: string, asOf: number): void
  /** Starts again with an empty folder. */
  clear(): void
  readonly indexes: number
}

const datasetsIn = (dataDir: string): string[] => {
  const project: Json = JSON.parse(readFileSync(join(dataDir, 'project.json'), 'utf8'))
  const datasets = isJsonObject(project) ? project['datasets'] : undefined
  return Array.isArray(datasets)
    ? datasets.flatMap((item) =>
        isJsonObject(item) && typeof item['name'] === 'string' ? [item['name']] : [],
      )
    : []
}

/** One fault causes many findings; the first few are enough. */
const fewOf = (say: (problem: string) => void): ((problem: string) => void) => {
  let left = 6
  return (problem) => {
    if ((left -= 1) >= 0) say(problem)
  }
}

export const createChecker = (journal: Journal, say: (problem: string) => void): Checker => {
  let replicas = new Map<string, Replica>()
  let assets = new Map<string, number>()
  let indexes = 0

  const checkFile = (
    dataDir: string,
    dataset: string,
    replica: Replica,
    asOf: number | undefined,
    report: (problem: string) => void,
  ): void => {
    const folder = join(dataDir, 'datasets', dataset)
    const file = join(folder, 'documents.sqlite')
    // A dataset that was created but never used has no file, and must then be empty.
    if (!existsSync(file)) return checkHistory(dataset, NOTHING, journal, replica, report, asOf)
    withStoredFile(file, replica.sequence, (stored) => {
      if (replica.sequence > 0 && stored.atSince !== replica.lastId) {
        report(
          `history was cut: transaction ${replica.sequence} was ${replica.lastId}, and is ${stored.atSince}`,
        )
      }
      checkHistory(dataset, stored, journal, replica, report, asOf)
      indexes += checkDerived(stored, report)
      checkAssets(folder, stored, asOf === undefined ? assets : new Map(), report)
    })
  }

  const replicaOf = (dataset: string): Replica => {
    // Datasets that are created and deleted are checked from the beginning every time.
    const replica = (dataset === MAIN ? replicas.get(dataset) : undefined) ?? emptyReplica()
    replicas.set(dataset, replica)
    return replica
  }

  /** Whether the datasets that are created and deleted exist as last acknowledged. */
  const checkExistence = (names: readonly string[]): void => {
    for (const dataset of POOL) {
      const last = journal
        .of(dataset)
        .findLast((entry) => entry.kind === 'lifecycle' && entry.outcome !== 'refused')
      if (last?.kind !== 'lifecycle' || last.outcome !== 'acknowledged') continue
      const must = last.verb !== 'delete'
      if (names.includes(dataset) !== must)
        say(`${dataset} is ${must ? 'not ' : ''}there after an acknowledged ${last.verb}`)
    }
  }

  return {
    async check(dataDir, client, random) {
      const names = datasetsIn(dataDir)
      checkExistence(names)
      for (const dataset of names) {
        const report = fewOf((problem) => say(`${dataset}: ${problem}`))
        checkFile(dataDir, dataset, replicaOf(dataset), undefined, report)
        if (client === undefined) continue
        // A release may be published between the check of the file and that of the lake: try again.
        for (let attempt = 0; attempt < 3; attempt += 1) {
          const problems: string[] = []
          const file = join(dataDir, 'datasets', dataset, 'documents.sqlite')
          if (!existsSync(file)) break
          const documents = withStoredFile(
            file,
            Number.MAX_SAFE_INTEGER,
            (stored) => stored.documents,
          )
          await checkLive(client, dataset, {documents}, random, (problem) => problems.push(problem))
          if (problems.length === 0) break
          if (attempt === 2) for (const problem of problems) report(`the running lake: ${problem}`)
          else await wait(700)
        }
      }
    },
    checkCopy(dataDir, asOf) {
      for (const dataset of datasetsIn(dataDir)) {
        checkFile(dataDir, dataset, emptyReplica(), asOf, (problem) =>
          say(`snapshot of ${dataset}: ${problem}`),
        )
      }
    },
    clear() {
      replicas = new Map()
      assets = new Map()
    },
    get indexes() {
      return indexes
    },
  }
}
