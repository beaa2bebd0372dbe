/** Writes the report of an import into a folder: for people, for programs, and for spreadsheets. */
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {csv} from './csv.ts'
import {reportPage} from './reportPage.ts'
import type {ArchiveReport} from './tally.ts'

/** The files of a report, by name. */
export async function writeReport(folder: string, report: ArchiveReport): Promise<string[]> {
  const files: Record<string, string> = {
    'index.html': reportPage(report),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'flags.csv': csv([
      ['story', 'article', 'code', 'place', 'what to do', 'evidence'],
      ...report.stories.flatMap(({flags, id, place, title}) =>
        flags.map(({code, evidence = '', message, pointer}) => [
          title,
          id,
          code,
          pointer === place ? place : `${place} ${pointer}`,
          message,
          evidence,
        ]),
      ),
    ]),
    'redirects.csv': csv([
      ['from', 'to'],
      ...report.stories.flatMap(({addresses = [], outcome, slug}) =>
        slug === undefined || outcome === 'refused' ? [] : addresses.map((from) => [from, slug]),
      ),
    ]),
  }
  await mkdir(folder, {recursive: true})
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return Object.keys(files).map((name) => join(folder, name))
}
