/** The site in front/README.md works when it is copied. */
import {spawn} from 'node:child_process'
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, it} from 'vitest'

import {openNewsroom} from '../queries/newsroom.ts'
import {SEEDED, story} from '../queries/stories.ts'

const root = join(import.meta.dirname, '..', '..')

it('serves the front page, stories, and moved and missing pages', async () => {
  const readme = await readFile(join(root, 'front', 'README.md'), 'utf8')
  const [, code = ''] = /^```ts\n([^]*?)^```/m.exec(readme) ?? []
  expect(code.trim().split('\n').length).toBeLessThan(70)
  const newsroom = await openNewsroom(
    story('renamed', {previousSlugs: [{_key: 'p', _type: 'previousSlug', slug: 'old'}]}),
  )
  await mkdir(join(root, 'dist'), {recursive: true})
  const folder = await mkdtemp(join(root, 'dist', 'readme-'))
  await writeFile(join(folder, 'site.ts'), code)
  const site = spawn(process.execPath, ['site.ts'], {
    cwd: folder,
    env: {...process.env, PORT: '0', SANITY_API_HOST: newsroom.client.config().apiHost},
  })
  try {
    const port = await new Promise<string>((resolve, reject) => {
      let printed = ''
      for (const stream of [site.stdout, site.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          printed += chunk.toString()
          const [, found] = /port: (\d+)/.exec(printed) ?? []
          if (found !== undefined) resolve(found)
        })
      }
      site.once('exit', () => reject(new Error(printed)))
    })
    const get = async (path: string) => {
      const address = `http://localhost:${port}${path}`
      const response = await fetch(address, {redirect: 'manual'})
      return {
        status: response.status,
        to: response.headers.get('location'),
        html: await response.text(),
      }
    }
    const front = await get('/')
    expect(front.status).toBe(200)
    expect(front.html).toContain(`<a href="/news/${SEEDED.slug}">`)
    const seeded = await get(`/news/${SEEDED.slug}`)
    expect(seeded.html).toMatch(/<title>Elon Musk Invited .* – UNILAD<\/title>/)
    expect(seeded.html).toContain('By <a href="/authors/cameron-frew" rel="author">')
    expect(await get('/news/old')).toMatchObject({status: 301, to: '/news/renamed'})
    expect(await get('/news/none')).toMatchObject({status: 404})
  } finally {
    site.kill()
    await newsroom.close()
    await rm(folder, {recursive: true})
  }
})
