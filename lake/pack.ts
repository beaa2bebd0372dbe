import {copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/**
 * What `npm pack` needs around it. A checkout runs its TypeScript as it stands; below node_modules
 * Node strips no types, so the package carries compiled modules. `publishConfig` says where they
 * are: npm does not heed that by itself, therefore the manifest is another one while it packs.
 */
const MANIFEST = join(import.meta.dirname, 'package.json')
const KEPT = join(import.meta.dirname, '.package.json')
const COMPILED = join(import.meta.dirname, 'dist')

const restore = (): void => {
  if (existsSync(KEPT)) renameSync(KEPT, MANIFEST)
}

const steps: Readonly<Record<string, () => void>> = {
  /** Before the compiler: nothing of an earlier run may be packed. */
  clean: () => {
    restore()
    rmSync(COMPILED, {recursive: true, force: true})
  },
  publish: () => {
    copyFileSync(MANIFEST, KEPT)
    const {publishConfig, scripts: _, ...manifest} = JSON.parse(readFileSync(KEPT, 'utf8'))
    writeFileSync(MANIFEST, `${JSON.stringify({...manifest, ...publishConfig}, null, 2)}\n`)
  },
  restore: () => {
    restore()
    rmSync(COMPILED, {recursive: true, force: true})
  },
}

const step = steps[process.argv[2] ?? '']
if (step === undefined) throw new Error(`pack.ts knows ${Object.keys(steps).join(', ')}.`)
step()
