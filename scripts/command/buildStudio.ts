/**
 * Builds the Studio for `npm start` and the browser tests, and knows when the build is out of date.
 */
import {createHash} from 'node:crypto'
import {globSync, readFileSync} from 'node:fs'
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {root, runStudioCommand} from './localStudio.ts'
import {PREVIEW_VARIABLES} from './previewOrigins.ts'
import {replaceStudio} from './replaceStudio.ts'
import {CommandError} from './runCommand.ts'

/** The folder of the built Studio; outside the data folder, because it holds no data. */
export const studioDir = join(root, 'dist', 'studio')

/**
 * The Studio's sources, beside the address of the preview site. It is rebuilt only when one of them
 * changes.
 */
const SOURCES = ['schemas/**', 'studio/**', 'front/**', 'sanity.*.ts', 'package-lock.json', '.env*']

/** The file in the built Studio that records the sources it was built from. */
const STAMP = 'sources.sha256'

/** Whether the Studio was built from the current sources. */
export const isStudioBuilt = async (): Promise<boolean> => {
  try {
    return (await readFile(join(studioDir, STAMP), 'utf8')) === digestOfSources()
  } catch {
    return false
  }
}

/**
 * Builds the Studio beside the old one and swaps them at the end, so the old one is served
 * meanwhile and open pages keep working. Takes about twenty seconds.
 * @throws CommandError with what the build printed.
 */
export const buildStudio = async (signal: AbortSignal): Promise<void> => {
  const digest = digestOfSources()
  await mkdir(dirname(studioDir), {recursive: true})
  const fresh = await mkdtemp(`${studioDir}-`)
  try {
    await runBuild(fresh, signal)
    await writeFile(join(fresh, STAMP), digest)
    await replaceStudio(fresh, studioDir)
  } finally {
    await rm(fresh, {recursive: true, force: true})
  }
}

const digestOfSources = (): string => {
  const settings = PREVIEW_VARIABLES.map((name) => process.env[name] ?? '').join('\0')
  const hash = createHash('sha256').update(`${settings}\0`)
  const files = SOURCES.flatMap((pattern) => globSync(pattern, {cwd: root, withFileTypes: true}))
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of new Set(files.toSorted())) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

const runBuild = (target: string, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = runStudioCommand(
      ['build', target, '--yes'],
      '',
      ['ignore', 'pipe', 'pipe'],
      signal,
    )
    let printed = ''
    const keep = (chunk: Buffer): void => {
      printed += chunk.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new CommandError(`The Studio could not be built:\n${printed.trim()}`))
    })
  })
