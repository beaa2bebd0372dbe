/**
 * Runs before every npm command: installs the packages if node_modules does not hold what
 * package-lock.json lists. Plain JavaScript without packages, because it runs on the machine's own
 * Node before anything is installed. Prints to stderr only: stdout belongs to the command.
 */
import {spawnSync} from 'node:child_process'
import {lstatSync, readFileSync, readlinkSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'node_modules')

if (isLink(folder)) process.exitCode = refuseLink()
else if (!isInstalled()) process.exitCode = install()

/** Junctions of Windows are links too. */
function isLink(path) {
  return lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink() === true
}

/** npm would empty the folder behind the link, which others may use. */
function refuseLink() {
  process.stderr.write(
    `${folder} is a link to ${readlinkSync(folder)}.\n` +
      'Installing would empty that folder, which may belong to another checkout.\n' +
      'Remove the link (not the folder behind it), then run the command again: it installs the packages here.\n',
  )
  return 1
}

/**
 * Compares the lockfile with npm's own list of installed packages. npm writes that list last, so an
 * interrupted installation has none. File times are no help: git and archives set them arbitrarily.
 */
function isInstalled() {
  const locked = packagesIn(join(root, 'package-lock.json'))
  const installed = packagesIn(join(folder, '.package-lock.json'))
  if (locked === undefined || installed === undefined) return false
  // The empty name is the project itself, which only the lockfile lists.
  const names = new Set([...Object.keys(locked), ...Object.keys(installed)].filter(Boolean))
  return [...names].every((name) => {
    const [wanted, found] = [locked[name], installed[name]]
    // Packages for other operating systems are in the lockfile alone.
    if (found === undefined) return wanted.optional === true
    return ['version', 'integrity', 'link'].every((key) => wanted?.[key] === found[key])
  })
}

/** The packages in a lockfile, by folder; undefined if it cannot be read. */
function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

function install() {
  process.stderr.write('Installing packages from package-lock.json (a few minutes, once) …\n')
  // Engine warnings are hidden, because the pinned `node` package satisfies them.
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  const options = {cwd: root, stdio: ['ignore', 2, 2]}
  const {status, signal, error} = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, {...options, shell: process.platform === 'win32'})
  if (status === 0) return 0
  const reason = error?.message ?? (signal ? `stopped by ${signal}` : `exit code ${status}`)
  process.stderr.write(
    `Installing packages failed: npm ci, ${reason}.\n` +
      'The reason is in the lines above. Check the connection to the npm registry, then run the command again.\n',
  )
  return status ?? 1
}
