/**
 * What `npm pack` needs around it, in the folder of the package that is packed. A checkout runs its
 * TypeScript directly; below node_modules Node strips no types, so a package has compiled modules.
 * `publishConfig` says where they are. npm does not apply it by itself, so the manifest is replaced
 * while npm packs.
 */
import {spawnSync} from 'node:child_process'
import {copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const folder = process.cwd()
const MANIFEST = join(folder, 'package.json')
const KEPT = join(folder, '.package.json')
/** The lake's types refer to those of GROQ, which are compiled beside it. */
const GROQ = join(folder, '..', 'groq')
const PLACES = new Set(existsSync(GROQ) ? [GROQ, folder] : [folder])

const restoreManifest = (): void => {
  if (existsSync(KEPT)) renameSync(KEPT, MANIFEST)
}

const removeCompiled = (): void => {
  for (const place of PLACES) rmSync(join(place, 'dist'), {recursive: true, force: true})
}

const compile = (place: string): void => {
  const project = join(place, 'tsconfig.pack.json')
  const {status} = spawnSync('tsc', ['-p', project], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${project} does not compile: the lines above say why.`)
}

const steps: Readonly<Record<string, () => void>> = {
  before: () => {
    restoreManifest()
    // Nothing of an earlier run may be packed.
    removeCompiled()
    for (const place of PLACES) compile(place)
    copyFileSync(MANIFEST, KEPT)
    const {publishConfig, scripts: _, ...manifest} = JSON.parse(readFileSync(KEPT, 'utf8'))
    writeFileSync(MANIFEST, `${JSON.stringify({...manifest, ...publishConfig}, null, 2)}\n`)
  },
  after: () => {
    restoreManifest()
    removeCompiled()
  },
}

const step = steps[process.argv[2] ?? '']
if (step === undefined) {
  throw new Error(`Usage: node pack.ts ${Object.keys(steps).join('|')}, in a package's folder.`)
}
step()
