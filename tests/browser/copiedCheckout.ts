import {cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

const root = join(import.meta.dirname, '..', '..')

const COPIED = [
  'front',
  'sanity.cli.ts',
  'sanity.config.ts',
  'schemas',
  'scripts',
  'seed',
  'site',
  'studio',
]

/** A copy of the Studio's sources that a test may change. Disposing of it removes it. */
export interface CopiedCheckout extends AsyncDisposable {
  readonly root: string
}

/**
 * Copies the sources of the Studio and its commands, and links what no test changes. The copy is
 * inside the checkout, because Sanity’s development server serves no packages from elsewhere.
 */
export const copyCheckout = async (): Promise<CopiedCheckout> => {
  const dist = join(root, 'dist')
  await mkdir(dist, {recursive: true})
  const copy = await mkdtemp(join(dist, 'checkout-'))
  for (const name of COPIED) await cp(join(root, name), join(copy, name), {recursive: true})
  await symlink(join(root, 'packages'), join(copy, 'packages'))
  // Each package separately, so that the server's cache beside them stays in the copy.
  await mkdir(join(copy, 'node_modules'))
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name.startsWith('.')) continue
    await symlink(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  }
  // Not a separate workspace root: the server may only serve files below the real one.
  const manifest: object = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  await writeFile(join(copy, 'package.json'), JSON.stringify({...manifest, workspaces: undefined}))
  return {
    root: copy,
    [Symbol.asyncDispose]: () => rm(copy, {recursive: true}),
  }
}
