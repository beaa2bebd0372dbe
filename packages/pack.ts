/**
 * What `npm pack` needs around it, in the folder of the package that is packed. A checkout runs its
 * TypeScript directly; below node_modules Node strips no types, so a package has compiled modules.
 * `publishConfig` says where they are. npm does not apply it by itself, so the manifest is replaced
 * while npm packs.
 *
 * The modules of GROQ and of the lake are joined into a few dozen larger ones: a server loads nearly
 * 400, and each costs half a millisecond to find and open. Those of `front` stay as they are, because
 * bundlers of front ends leave out what a page does not use.
 */
import {spawnSync} from 'node:child_process'
import {copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {rolldown} from 'rolldown'

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

/** The types, and the modules too unless `bundle` makes them. */
const compile = (place: string): void => {
  const project = join(place, 'tsconfig.pack.json')
  const only = isBundled(place) ? ['--emitDeclarationOnly'] : []
  const {status} = spawnSync('tsc', ['-p', project, ...only], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${project} does not compile: the lines above say why.`)
}

const isBundled = (place: string): boolean => existsSync(join(place, 'src'))

/** Every module that the manifest names, at the same place below `dist` as below `src`. */
const bundle = async (place: string): Promise<void> => {
  const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))
  const {bin, imports, exports, dependencies} = manifest
  const named = Object.values({...bin, ...imports, ...exports}).map(String)
  const sources = named.filter((path) => path.endsWith('.ts'))
  const bundled = await rolldown({
    input: Object.fromEntries(
      sources.map((path) => [path.replace(/^\.\/src\/|\.ts$/g, ''), join(place, path)]),
    ),
    platform: 'node',
    external: [/^node:/, ...Object.keys(dependencies).map((name) => new RegExp(`^${name}(?:/|$)`))],
    transform: {target: 'es2023'},
  })
  await bundled.write({
    dir: join(place, 'dist'),
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name].js',
  })
  await bundled.close()
}

const steps: Readonly<Record<string, () => void | Promise<void>>> = {
  before: async () => {
    restoreManifest()
    // Nothing of an earlier run may be packed.
    removeCompiled()
    for (const place of PLACES) compile(place)
    if (isBundled(folder)) await bundle(folder)
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
await step()
