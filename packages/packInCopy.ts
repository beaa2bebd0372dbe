/**
 * Packs the packages in a copy of the checkout: npm replaces their manifests meanwhile, and others read
 * them here.
 */
import {execFile} from 'node:child_process'
import {cpSync, globSync, mkdirSync, readdirSync, symlinkSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {promisify} from 'node:util'

const root = join(import.meta.dirname, '..')

/** The packages by name, and their folders. */
export const FOLDERS = {front: 'front', groq: 'packages/groq', lake: 'packages/lake'}

export type Name = keyof typeof FOLDERS

export const PACKAGES: readonly Name[] = ['front', 'groq', 'lake']

/** Copies what packing needs. @param checkout the folder to make */
const copyCheckout = (checkout: string): void => {
  for (const part of ['packages', 'front']) {
    cpSync(join(root, part), join(checkout, part), {
      recursive: true,
      filter: (path) => !/[\\/](?:node_modules|dist)$/.test(path),
    })
  }
  cpSync(join(root, 'tsconfig.json'), join(checkout, 'tsconfig.json'))
  const modules = join(checkout, 'node_modules')
  mkdirSync(join(modules, '@copydesk'), {recursive: true})
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@copydesk') continue
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  }
  for (const name of PACKAGES) {
    symlinkSync(join(checkout, FOLDERS[name]), join(modules, '@copydesk', name), 'junction')
  }
}

/**
 * Packs these packages.
 * @param folder Gets the tarballs, and the copy as `checkout`.
 * @returns the path of each tarball, in the order of the names
 */
export const packInCopy = async (
  names: readonly Name[],
  folder: string,
): Promise<readonly string[]> => {
  const checkout = join(folder, 'checkout')
  copyCheckout(checkout)
  // The shell finds the pinned compiler.
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH']}`
  for (const name of names) {
    await promisify(execFile)('npm', ['pack', '--pack-destination', folder], {
      cwd: join(checkout, FOLDERS[name]),
      env: {...process.env, PATH: path},
      shell: process.platform === 'win32',
    })
  }
  return names.map((name) => {
    const [file = ''] = globSync(`copydesk-${name}-*.tgz`, {cwd: folder})
    return join(folder, file)
  })
}
