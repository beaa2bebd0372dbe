/** Writes the report of an import into a folder: for people, for programs, and for spreadsheets. */
import {createWriteStream} from 'node:fs'
import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'

import {csv} from './csv.ts'
import {reportPage} from './reportPage.ts'
import type {ArchiveReport} from './tally.ts'

/**
 * The files of a report, by name, in pieces: for a large archive one string would be too long.
 * `studio` is the address of the Studio, to which the page links.
 */
export async function writeReport(
  folder: string,
  report: ArchiveReport,
  studio?: string,
): Promise<string[]> {
  const files: Record<string, Iterable<string>> = {
    'index.html': [reportPage(report, studio)],
    'report.json': jsonOf(report),
    'flags.csv': flagRows(report),
    'redirects.csv': redirectRows(report),
  }
  await mkdir(folder, {recursive: true})
  for (const [name, pieces] of Object.entries(files)) {
    await pipeline(Readable.from(pieces), createWriteStream(join(folder, name)))
  }
  return Object.keys(files).map((name) => join(folder, name))
}

/** Totals first, then a story a line. */
function* jsonOf({stories, ...totals}: ArchiveReport): Iterable<string> {
  yield `${JSON.stringify(totals, null, 2).slice(0, -2)},\n  "stories": [`
  let comma = ''
  for (const story of stories) {
    yield `${comma}\n    ${JSON.stringify(story)}`
    comma = ','
  }
  yield '\n  ]\n}\n'
}

function* flagRows({stories}: ArchiveReport): Iterable<string> {
  yield csv([['story', 'article', 'code', 'place', 'what to do', 'evidence']])
  for (const {flags, id, place, title} of stories) {
    for (const {code, evidence = '', message, pointer} of flags) {
      const where = pointer === place ? place : `${place} ${pointer}`
      yield csv([[title, id, code, where, message, evidence]])
    }
  }
}

function* redirectRows({stories}: ArchiveReport): Iterable<string> {
  yield csv([['from', 'to']])
  for (const {addresses = [], outcome, slug} of stories) {
    if (slug === undefined || outcome === 'refused') continue
    yield csv(addresses.map((from) => [from, slug]))
  }
}
