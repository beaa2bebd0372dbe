/**
 * Builds each example as its README says, on the packed package and in a folder of its own, starts it on
 * a lake, and checks what readers and editors get. Not part of `npm test`, because it installs from the
 * registry.
 *
 *   node examples/probe.ts [next] [astro]
 */
import assert from 'node:assert/strict'
import {execFile, spawn} from 'node:child_process'
import {once} from 'node:events'
import {copyFileSync, cpSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {promisify} from 'node:util'

import {createPreviewSecret} from '@sanity/preview-url-secret/create-secret'

import {packInCopy} from '../packages/packInCopy.ts'
import {freePort} from '../scripts/command/freePorts.ts'
import {type Newsroom, openNewsroom} from '../tests/queries/newsroom.ts'
import {SEEDED, story} from '../tests/queries/stories.ts'

interface Example {
  /** What `lake env --for` puts before its names. */
  readonly prefix: string
  /** The path that the Studio opens to start a preview. */
  readonly enable: string
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  next: {prefix: 'NEXT_PUBLIC_', enable: '/api/draft-mode/enable'},
  astro: {prefix: 'PUBLIC_', enable: '/api/preview/enable'},
}

const STUDIO = 'http://copydesk.localhost:3333'
const STORY = `/news/${SEEDED.slug}`
const DRAFT = 'A headline that only editors see'
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

/** What readers and editors get. @param url of the running example */
const check = async (url: string, {enable}: Example, newsroom: Newsroom): Promise<void> => {
  const get = (path: string, cookie = '') =>
    fetch(url + path, {headers: {cookie}, redirect: 'manual'})
  const textAt = async (path: string, cookie = ''): Promise<string> => {
    const response = await get(path, cookie)
    assert.equal(response.status, 200, path)
    return response.text()
  }
  assert.ok((await textAt('/')).includes(`href="${STORY}"`), 'the front page leads to the story')
  const page = await textAt(STORY)
  assert.ok(page.includes('<h1'), 'the story has a headline')
  assert.ok(page.includes('property="og:type" content="article"'), 'the story has a head')
  assert.equal((await get('/news/there-is-none')).status, 404)
  const moved = await get('/news/former')
  assert.ok([301, 308].includes(moved.status), `a former address answers ${moved.status}`)
  assert.match(moved.headers.get('location') ?? '', /\/news\/renamed$/)

  assert.equal((await get(`${enable}?sanity-preview-secret=guessed`)).status, 401)
  const published = await newsroom.editor.getDocument(SEEDED.article)
  assert.ok(published)
  await newsroom.publish({...published, _id: `drafts.${SEEDED.article}`, headline: DRAFT})
  const {secret} = await createPreviewSecret(newsroom.editor, 'examples', STUDIO)
  const parameters = new URLSearchParams({
    'sanity-preview-secret': secret,
    'sanity-preview-pathname': STORY,
  })
  const enabled = await get(`${enable}?${parameters}`)
  assert.equal(enabled.status, 307)
  const cookie = enabled.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  assert.ok((await textAt(STORY, cookie)).includes(DRAFT), 'the draft shows to its editor')
  assert.ok(!(await textAt(STORY)).includes(DRAFT), 'the draft shows to no reader')
}

const probe = async (name: string, example: Example, tarball: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), `copydesk-${name}-`))
  cpSync(join(import.meta.dirname, name), folder, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|dist|\.next|\.astro)$/.test(path),
  })
  copyFileSync(tarball, join(folder, basename(tarball)))
  const newsroom = await openNewsroom(
    story('renamed', {previousSlugs: [{_type: 'previousSlug', _key: 'a', slug: 'former'}]}),
  )
  const {prefix} = example
  const port = await freePort()
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    [`${prefix}SANITY_PROJECT_ID`]: 'copydesk',
    [`${prefix}SANITY_DATASET`]: 'production',
    [`${prefix}SANITY_API_VERSION`]: '2025-02-19',
    [`${prefix}SANITY_STUDIO_URL`]: STUDIO,
    SANITY_API_HOST: String(newsroom.client.config().apiHost),
    SANITY_API_READ_TOKEN: newsroom.viewerToken,
    HOST: '127.0.0.1',
    PORT: String(port),
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
  }
  const npm = async (...argv: readonly string[]): Promise<void> => {
    await promisify(execFile)('npm', argv, {cwd: folder, env, maxBuffer: 1e8})
  }
  try {
    await npm('install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error')
    await npm('run', 'build')
    const server = spawn('npm', ['start'], {cwd: folder, env, stdio: 'inherit', detached: true})
    const ended = once(server, 'close')
    try {
      const url = `http://127.0.0.1:${port}`
      while (
        !(await fetch(url).then(
          ({ok}) => ok,
          () => false,
        ))
      ) {
        if (server.exitCode !== null) throw new Error(`${name} does not start.`)
        await pause(200)
      }
      await check(url, example, newsroom)
      say(`ok     ${name}`)
    } finally {
      // npm and what it started.
      process.kill(-(server.pid ?? 0), 'SIGTERM')
      await ended
    }
  } finally {
    await newsroom.close()
    rmSync(folder, {recursive: true, force: true})
  }
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(EXAMPLES)
const packed = mkdtempSync(join(tmpdir(), 'copydesk-packed-'))
try {
  const [tarball = ''] = await packInCopy(['front'], packed)
  for (const name of wanted) {
    const example = EXAMPLES[name]
    if (example === undefined) throw new Error(`Examples are: ${Object.keys(EXAMPLES).join(', ')}.`)
    await probe(name, example, tarball)
  }
} finally {
  rmSync(packed, {recursive: true, force: true})
}
