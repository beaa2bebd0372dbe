/**
 * The newsroom for query tests: an embedded lake on a loopback port, filled by the real import and
 * read like a front end does, with the official client and without a token.
 */
import {createLake, startServer} from '@copydesk/lake'
import type {Lake, RunningServer} from '@copydesk/lake'
import {createClient} from '@sanity/client'
import type {ClientConfig, SanityClient} from '@sanity/client'

import {importStories} from '../../seed/importStories.ts'

const STORY = new URL('../../seed/000_73de5ce1ef32ca8d.txt', import.meta.url).pathname

export interface Document {
  readonly _id: string
  readonly _type: string
  readonly [field: string]: unknown
}

export interface Newsroom {
  /** A reader's client: no token, published documents only. */
  readonly client: SanityClient
  /** A viewer's token. */
  readonly viewerToken: string
  /** An editor's client: a token, for drafts. */
  readonly editor: SanityClient
  /** Writes documents as an editor, in one transaction. */
  publish(...documents: readonly Document[]): Promise<void>
  close(): Promise<void>
}

/** A newsroom with the seeded story and, beside it, `documents`. */
export const openNewsroom = (...documents: readonly Document[]): Promise<Newsroom> =>
  open(async (editor) => {
    const {counts} = await importStories({files: [STORY], client: editor})
    if (counts.created === 0) throw new Error('the story was not imported')
    await publish(editor, documents)
  })

/** An empty newsroom. */
export const openEmptyNewsroom = (): Promise<Newsroom> => open(async () => {})

/** A reader's client. */
export const clientOf = (
  {projectId}: Lake,
  {url}: RunningServer,
  options: Pick<ClientConfig, 'maxRetries'> = {},
): SanityClient =>
  createClient({
    apiHost: url,
    useProjectHostname: false,
    projectId,
    dataset: 'production',
    apiVersion: '2025-02-19',
    useCdn: false,
    ...options,
  })

const open = async (fill: (editor: SanityClient) => Promise<void>): Promise<Newsroom> => {
  const lake = createLake()
  const server = await startServer({lake, port: 0})
  const client = clientOf(lake, server)
  const editor = client.withConfig({token: lake.token})
  await fill(editor)
  return {
    client,
    editor,
    viewerToken: lake.createToken('Site', 'viewer'),
    publish: (...documents) => publish(editor, documents),
    close: async () => {
      await server.close()
      await lake.close()
    },
  }
}

const publish = async (editor: SanityClient, documents: readonly Document[]): Promise<void> => {
  if (documents.length === 0) return
  await editor.mutate(documents.map((document) => ({createOrReplace: {...document}})))
}
