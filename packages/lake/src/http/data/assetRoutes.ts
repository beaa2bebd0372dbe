/**
 * `/assets`, `/images` and `/files`: uploading assets, and serving them at the addresses in their
 * documents.
 */
import type {AssetKind} from '../../assets/assetName.ts'
import {notFound} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {recheckAccess} from '../routing/checkAccess.ts'
import {type RequestContext, type Handler, route} from '../routing/route.ts'
import {decodeSegment} from '../routing/router.ts'
import {writeClient, writeRequest} from './writeRoutes.ts'

const upload =
  (kind: AssetKind): Handler =>
  async (context: RequestContext): Promise<LakeResponse> => {
    const {lake, path, request} = context
    const dataset = lake.datasets.get(path['dataset'] ?? '')
    const asked = writeRequest(context, 'mutations', {})
    return lake.assets.upload(request, {
      kind,
      dataset: dataset.name,
      documents: {
        get: (id) => {
          recheckAccess(context)
          return dataset.store.get(id)
        },
        create: async (document) => {
          const body = Buffer.from(JSON.stringify({mutations: [{createIfNotExists: document}]}))
          await dataset.writer.write(asked, body, writeClient(context))
          const stored = dataset.store.get(document._id)
          if (stored === undefined) throw new Error(`${document._id} was not stored`)
          return stored
        },
      },
    })
  }

/** `/images/<project>/<dataset>/<name>`, with an optional readable name after it. */
const serve =
  (kind: AssetKind): Handler =>
  ({lake, path, request}) => {
    const [projectId, dataset, name, _vanity, ...more] = (path['*'] ?? '')
      .split('/')
      .map(decodeSegment)
    if (projectId === undefined || dataset === undefined || !name || more.length > 0) {
      throw notFound('There is no asset at this address.')
    }
    const originalName = (id: string): string | undefined => {
      const opened = lake.datasets.opened().find((each) => each.name === dataset)
      const original = opened?.store.get(id)?.originalFilename
      return typeof original === 'string' && original !== '' ? original : undefined
    }
    return lake.assets.serve(request, {kind, projectId, dataset, name, originalName})
  }

export const uploadRoutes = [
  route('POST', '/assets/images/:dataset', 'write', upload('image')),
  route('POST', '/assets/files/:dataset', 'write', upload('file')),
]

export const assetRoutes = [
  route('GET', '/images/*', 'anyone', serve('image'), 'all'),
  route('GET', '/files/*', 'anyone', serve('file'), 'all'),
]
