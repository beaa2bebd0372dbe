/** The committed types are what TypeGen generates from the committed schema and queries. */
import {execFile} from 'node:child_process'
import {cp, mkdtemp, readdir, readFile, rm, symlink} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {expect, it} from 'vitest'

const root = join(import.meta.dirname, '../..')
const TYPES = 'front/queries/sanity.types.generated.ts'

it('sanity typegen generate changes nothing', {timeout: 120_000}, async () => {
  // A copy of the project made of links, so that the generator does not overwrite the committed
  // file.
  const copy = await mkdtemp(join(tmpdir(), 'copydesk-typegen-'))
  try {
    for (const entry of await readdir(root)) {
      if (entry !== 'front') await symlink(join(root, entry), join(copy, entry))
    }
    await cp(join(root, 'front'), join(copy, 'front'), {recursive: true})
    await rm(join(copy, TYPES))
    await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/sanity/bin/sanity'), 'typegen', 'generate'],
      {cwd: copy, env: {...process.env, DO_NOT_TRACK: '1', NO_COLOR: '1'}},
    )
    const [made, committed] = await Promise.all(
      [copy, root].map((at) => readFile(join(at, TYPES), 'utf8')),
    )
    expect(made, 'run: npx sanity typegen generate').toBe(committed)
  } finally {
    await rm(copy, {recursive: true})
  }
})
