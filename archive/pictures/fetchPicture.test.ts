/** Which pictures are fetched, and from where: never from a private address. */
import {createServer, request, type RequestListener} from 'node:http'

import {expect, test} from 'vitest'

import {fetchPicture, isPublic, whyNotFetched} from './fetchPicture.ts'

test.each([
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['paper.example', false],
  ['93.184.216.34', true],
  ['172.32.0.1', true],
  ['2606:4700::1111', true],
])('%s is open to the internet: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected)
})

test.each([
  ['https://cdn.paper.example/a.jpg', 'it may be'],
  ['http://cdn.paper.example/a.jpg', 'not https'],
  ['https://cdn.paper.example:8443/a.jpg', 'a port'],
  ['https://user@cdn.paper.example/a.jpg', 'user name'],
  ['https://other.example/a.jpg', 'does not name other.example'],
  ['https://cdn.paper.example.evil.example/a.jpg', 'does not name'],
  ['file:///etc/passwd', 'not https'],
  ['uploads/a.jpg', 'not in the archive'],
])('%s may be fetched, or not, for a reason: %s', (address, reason) => {
  const found = whyNotFetched(address, ['cdn.paper.example'])
  expect(found ?? 'it may be').toContain(reason)
})

/** A server on the loopback interface that stands for all hosts of the web. */
async function withServer(
  listener: RequestListener,
  use: (fetched: (path: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('There is no port.')
  const {port} = bound
  try {
    await use(async (path) => {
      const bytes = await fetchPicture(`https://localhost${path}`, {
        hosts: ['localhost'],
        isOpen: () => true,
        request: (url, options) =>
          request(new URL(`http://localhost:${port}${url.pathname}`), options),
      })
      return bytes.toString()
    })
  } finally {
    server.close()
  }
}

test('a picture is fetched, over a few redirects to permitted hosts', async () => {
  await withServer(
    ({url}, answer) => {
      if (url === '/moved') answer.writeHead(302, {location: '/a.jpg'}).end()
      else if (url === '/away')
        answer.writeHead(302, {location: 'https://evil.example/a.jpg'}).end()
      else if (url === '/round') answer.writeHead(302, {location: '/round'}).end()
      else if (url === '/page') answer.writeHead(200, {'content-type': 'text/html'}).end('<html>')
      else answer.writeHead(200, {'content-type': 'image/jpeg'}).end('picture')
    },
    async (fetched) => {
      expect(await fetched('/a.jpg')).toBe('picture')
      expect(await fetched('/moved')).toBe('picture')
      await expect(fetched('/away')).rejects.toThrow('does not name evil.example')
      await expect(fetched('/round')).rejects.toThrow('redirects more than 3 times')
      await expect(fetched('/page')).rejects.toThrow('status 200 and text/html')
    },
  )
})

test('a host at a private address is refused when it is connected to', async () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const hosts = [host]
    await expect(fetchPicture(`https://${host}/a.jpg`, {hosts})).rejects.toThrow('private address')
  }
})
