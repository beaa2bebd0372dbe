/**
 * Runs before every npm command: installs the packages if they are missing or older than the
 * lockfile. Plain JavaScript without packages, because it runs on the machine's own Node before
 * anything is installed. Prints to stderr only: stdout belongs to the command.
 */
import {spawnSync} from 'node:child_process'
import {statSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Milliseconds since the epoch, or 0 when there is no such file. */
const modifiedAt = (path) => statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0

// npm writes this file last, so an interrupted installation counts as missing.
const installed = modifiedAt(join(root, 'node_modules', '.package-lock.json'))
const locked = modifiedAt(join(root, 'package-lock.json'))

if (installed < locked) process.exitCode = install()

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
