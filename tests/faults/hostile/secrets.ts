/**
 * Puts a marker into everything that callers without access must never see: drafts, versions, ids
 * with a dot, a private dataset, labels of tokens. Restores it when hostile requests of callers
 * with write access change it; each change also goes to the streams.
 */
import type {JsonObject} from '../../../packages/lake/src/core/document.ts'
import {type Client, createClient} from '../crash/client.ts'
import {PRIVATE_DATASET, type Role} from './requests.ts'

export interface Secrets {
  readonly marker: string
  readonly tokens: Readonly<Record<Role, string | undefined>>
  /** Restores missing documents and changes the others. */
  touch(): Promise<void>
  /** Removes the documents of the largest allowed size. */
  removeGiants(): Promise<void>
  /** Empties the datasets including their history, and plants everything again. */
  renew(): Promise<void>
  close(): void
}

const V = '/v2025-02-19'

const document = (id: string, marker: string, fields: JsonObject = {}): JsonObject => ({
  createOrReplace: {_id: id, _type: 'note', text: marker, title: `about ${marker}`, ...fields},
})

const namesOf = async (client: Client): Promise<string[]> => {
  const answer = await client.send('GET', `${V}/datasets`, undefined)
  const datasets: {name: string}[] = JSON.parse(answer?.text ?? '[]')
  return datasets.map(({name}) => encodeURIComponent(name))
}

export const plantSecrets = async (
  url: string,
  token: string,
  marker: string,
): Promise<Secrets> => {
  const client: Client = createClient(url, token)
  const post = (path: string, body: JsonObject, method = 'POST') =>
    client.send(method, `${V}${path}`, JSON.stringify(body))
  const tokenOf = async (role: string): Promise<string> => {
    const answer = await post('/access/project/copydesk/robots', {
      // A caller may know its own name.
      label: role === 'deploy-studio' ? role : `${role} ${marker}`,
      memberships: [{resourceType: 'project', resourceId: 'copydesk', roleNames: [role]}],
    })
    const made: {token: string} = JSON.parse(answer?.text ?? '{}')
    return made.token
  }
  const touch = async (): Promise<void> => {
    await post(`/datasets/${PRIVATE_DATASET}`, {aclMode: 'private'}, 'PUT')
    await post('/data/actions/production', {
      actions: [
        {actionType: 'sanity.action.release.create', releaseId: 'r1', metadata: {title: marker}},
      ],
    })
    const time = {at: new Date().toISOString()}
    await post('/data/mutate/production', {
      mutations: [
        ...Array.from({length: 5}, (_, n) => ({
          createIfNotExists: {_id: `doc-${n}`, _type: 'note', text: `Public words ${n}`, n},
        })),
        ...[
          'drafts.secret',
          'versions.r1.secret',
          'secret.dotted',
          'drafts.doc-2',
          'versions.r1.doc-3',
        ].map((id) => document(id, marker, time)),
      ],
    })
    await post(`/data/mutate/${PRIVATE_DATASET}`, {
      mutations: [document('doc-0', marker, time), document('secret', marker, time)],
    })
  }
  const removeGiants = async (): Promise<void> => {
    const mutations = [{delete: {query: '*[_type == "giant"]'}}]
    await post('/data/mutate/production', {mutations})
  }
  const renew = async (): Promise<void> => {
    const names = await namesOf(client)
    for (const name of names) await client.send('DELETE', `${V}/datasets/${name}`, undefined)
    await post('/datasets/production', {aclMode: 'public'}, 'PUT')
    await touch()
  }
  const tokens = {
    nobody: undefined,
    unknown: 'skUnknown',
    administrator: await tokenOf('administrator'),
    editor: await tokenOf('editor'),
    viewer: await tokenOf('viewer'),
    'deploy-studio': await tokenOf('deploy-studio'),
  }
  await touch()
  return {marker, tokens, touch, removeGiants, renew, close: client.close}
}
