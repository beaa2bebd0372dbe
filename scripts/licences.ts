/**
 * Writes THIRD-PARTY-LICENSES: the packages that Copydesk and its packages install for use, with
 * their licences, as package-lock.json records them. From the lockfile and not from node_modules,
 * where tools for this look, because that differs between platforms.
 *
 * `npm run licences`; a test holds that the file is current.
 */
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly link?: boolean
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface Lockfile {
  /** By path from the root: `node_modules/a/node_modules/b`; '' is the root itself. */
  readonly packages: Readonly<Record<string, LockedPackage>>
}

export interface Licensed {
  readonly name: string
  readonly version: string
  /** An SPDX expression, or `unknown`. */
  readonly licence: string
}

const root = join(import.meta.dirname, '..')
const FILE = join(root, 'THIRD-PARTY-LICENSES')

/** Where Node would find a package, seen from another. */
const find = ({packages}: Lockfile, from: string, name: string): string | undefined => {
  for (let folder = from; ;) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (path in packages) return path
    if (folder === '') return undefined
    const above = folder.lastIndexOf('node_modules/')
    folder = above > 0 ? folder.slice(0, above - 1) : ''
  }
}

/**
 * What a package needs when it is used: dependencies, optional ones of every platform, and peers
 * that npm has installed, all the way down. The project's own packages are passed through.
 * @param from Path in the lockfile.
 * @returns Sorted by name, then version.
 */
export const installedFor = (lockfile: Lockfile, from: string): readonly Licensed[] => {
  const found = new Map<string, Licensed>()
  const seen = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const entry = lockfile.packages[path] ?? {}
    if (entry.link) return visit(entry.resolved ?? '')
    const at = path.lastIndexOf('node_modules/')
    if (at >= 0) {
      const name = path.slice(at + 'node_modules/'.length)
      const {version = '', license} = entry
      const key = `${name} ${version}`
      found.set(key, {name, version, licence: license ?? IN_WORDS[key] ?? 'unknown'})
    }
    const needed = {
      ...entry.peerDependencies,
      ...entry.optionalDependencies,
      ...entry.dependencies,
    }
    for (const name of Object.keys(needed)) {
      const next = find(lockfile, path, name)
      if (next !== undefined) visit(next)
    }
  }
  visit(from)
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, licensed]) => licensed)
}

/** Licences that a package names in its LICENSE file and not in its manifest. */
const IN_WORDS: Readonly<Record<string, string>> = {'md5-o-matic 0.1.1': 'MIT'}

/** Each part of the project, and what it installs. */
const PARTS = [
  ['@copydesk/front', 'front'],
  ['@copydesk/groq', 'packages/groq'],
  ['@copydesk/lake', 'packages/lake'],
  ['Copydesk: the Studio, the import and the scripts', ''],
] as const

/** The contents of THIRD-PARTY-LICENSES. */
export const describeLicences = (lockfile: Lockfile): string => {
  const sections = PARTS.map(([title, path]) => {
    const lines = installedFor(lockfile, path).map(
      ({name, version, licence}) => `  ${name} ${version}: ${licence}`,
    )
    return [`${title} (${lines.length} packages)`, '', ...lines, ''].join('\n')
  })
  return [
    'Packages of others that npm installs for Copydesk, and their licences. Each brings the text of',
    'its licence along. Packages for other platforms are listed as well.',
    '',
    'Written by `npm run licences` from package-lock.json; do not edit.',
    '',
    ...sections,
  ].join('\n')
}

export const readLockfile = (): Lockfile => {
  const lockfile: Lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return lockfile
}

if (import.meta.main) writeFileSync(FILE, describeLicences(readLockfile()))
