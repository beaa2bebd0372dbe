/**
 * Serves the site with Node until it is stopped. The settings are environment variables, so the same
 * program runs on an embedded lake and on hosted Sanity; README.md lists them.
 */
import {createAdaptorServer} from '@hono/node-server'
import {createClient} from '@sanity/client'

import {createSite} from './createSite.ts'
import {LakeError} from './freshness/ask.ts'
import {imageBaseOf} from './imageBase.ts'

const setting = (name: string, otherwise: string): string => process.env[name] || otherwise

const projectId = setting('SANITY_PROJECT_ID', 'copydesk')
const dataset = setting('SANITY_DATASET', 'production')
const apiHost = process.env['SANITY_API_HOST']
const host = setting('SITE_HOST', 'localhost')
const port = Number(setting('SITE_PORT', '3334'))

const client = createClient({
  projectId,
  dataset,
  apiVersion: '2025-02-19',
  perspective: 'published',
  // Answers are kept here, and changes must show at once.
  useCdn: false,
  // A front end does not wait for minutes.
  timeout: 10_000,
  maxRetries: 1,
  ...(apiHost && {apiHost, useProjectHostname: false}),
})

const token = process.env['SANITY_API_READ_TOKEN']
const hookSecret = process.env['SITE_HOOK_SECRET']

const site = createSite({
  client,
  ...(token && {token}),
  ...(hookSecret && {hookSecret}),
  siteUrl: setting('SITE_URL', `http://${host}:${port}`),
  imageBase: setting('SITE_IMAGE_BASE', imageBaseOf({projectId, dataset, apiHost})),
  onError: (error, {url}) => {
    const what = error instanceof Error ? error.message : String(error)
    const whose = error instanceof LakeError ? `${apiHost ?? 'hosted Sanity'} gave no answer: ` : ''
    process.stderr.write(`The site could not show ${new URL(url).pathname}: ${whose}${what}\n`)
  },
})

const server = createAdaptorServer({fetch: site.fetch})

const stop = (): void => {
  site.close()
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  // The channel to the command that started it would keep it alive.
  if (process.connected) process.disconnect()
}

server.once('error', (error) => {
  const isTaken = 'code' in error && error.code === 'EADDRINUSE'
  process.stderr.write(
    isTaken
      ? `Port ${port}, which the site would use, is taken by another program. Stop that program, or choose another port.\n`
      : `The site cannot listen on ${host}:${port}: ${error.message}\n`,
  )
  process.exitCode = 1
  stop()
})
server.listen(port, host, () => {
  const address = server.address()
  const found = typeof address === 'object' && address !== null ? address.port : port
  process.stdout.write(`ready http://${host}:${found}\n`)
})
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
// Ends with the command that started it, even if that was killed.
process.once('disconnect', stop)
