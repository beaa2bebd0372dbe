/**
 * Adds their pictures to stories. If the user wants them copied, they are uploaded from the archive,
 * or from a host that `site.json` names. A picture that the dataset has for the same address is not
 * uploaded again, so a second run uploads nothing. What cannot be had is listed, and the story keeps
 * the caption and the address.
 */
import {createReadStream} from 'node:fs'
import {posix} from 'node:path'

import type {SanityClient} from '@sanity/client'

import type {Article, Figure, SeedDocument} from '../../seed/model/seedDocument.ts'
import type {StoredDocument} from '../../seed/write/datasetState.ts'
import type {Entry} from '../formats/format.ts'
import {fetchPicture, PictureRefused, type Web, whyNotFetched} from './fetchPicture.ts'
import type {PictureFiles} from './pictureFiles.ts'

export interface MissingPicture {
  /** Of the article. */
  readonly id: string
  readonly address: string
  readonly reason: string
}

export interface PictureCopier {
  /** The documents of one story with its pictures. Called for several stories at once. */
  copy(
    documents: readonly SeedDocument[],
    stored: StoredDocument | undefined,
  ): Promise<SeedDocument[]>
  readonly missing: readonly MissingPicture[]
}

interface Options {
  readonly client: SanityClient
  readonly files: PictureFiles
  readonly web: Web
  /** Without `copy` stories get only those that the dataset has already; `skip` lists the others. */
  readonly mode: 'copy' | 'keep-url' | 'skip'
  /** Only says which pictures would be missing. */
  readonly dryRun: boolean
}

type Asset = NonNullable<Figure['asset']>

const SKIPPED = 'pictures were skipped'

/** Uploads at once: eight took about half the time of one after the other. */
const AT_ONCE = 8

export function pictureCopier({client, dryRun, files, mode, web}: Options): PictureCopier {
  const uploads = new Map<string, Promise<Asset | undefined>>()
  const missing: MissingPicture[] = []
  const turn = turns(AT_ONCE)

  const upload = async (address: string, entry: Entry | undefined): Promise<Asset | undefined> => {
    if (dryRun) {
      const reason = entry ? undefined : whyNotFetched(address, web.hosts)
      if (reason !== undefined) throw new PictureRefused(reason)
      return undefined
    }
    const source = entry ? createReadStream(entry.file) : await fetchPicture(address, web)
    const filename = posix.basename(URL.parse(address)?.pathname ?? address)
    const {_id} = await client.assets.upload('image', source, {filename})
    return {_type: 'reference', _ref: _id}
  }

  const assetOf = async (address: string, page: string, id: string): Promise<Asset | undefined> => {
    const entry = files.find(address, page)
    const key = entry?.file ?? address
    const started = uploads.get(key) ?? turn(() => upload(address, entry))
    uploads.set(key, started)
    try {
      return await started
    } catch (error) {
      missing.push({id, address, reason: reasonOf(error)})
      return undefined
    }
  }

  return {
    missing,
    async copy(documents, stored) {
      const known = knownAssets(stored)
      return Promise.all(
        documents.map(async (document) => {
          if (document._type !== 'article') return document
          const page = document.provenance?.file ?? ''
          return withPictures(document, async (figure) => {
            const {sourceAddress} = figure
            if (!sourceAddress || figure.asset) return figure
            const there = known.get(sourceAddress)
            if (there) return {...figure, asset: there}
            if (mode === 'skip')
              missing.push({id: document._id, address: sourceAddress, reason: SKIPPED})
            if (mode !== 'copy') return figure
            const asset = await assetOf(sourceAddress, page, document._id)
            return asset ? {...figure, asset} : figure
          })
        }),
      )
    },
  }
}

/** Runs at most so many tasks at once; the others wait. */
function turns(count: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let free = count
  return async (task) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

/** A fault of the dataset ends the run; one of the picture does not. */
function reasonOf(error: unknown): string {
  if (error instanceof PictureRefused) return error.message
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error
      ? error.statusCode
      : undefined
  if (error instanceof Error && [400, 413, 415, 422].includes(Number(status))) {
    return `the dataset refused it: ${error.message}`
  }
  throw error
}

type Change = <Picture extends Figure>(figure: Picture) => Promise<Picture>

async function withPictures(article: Article, change: Change): Promise<Article> {
  const body = await Promise.all(
    (article.body ?? []).map(async (block) => {
      if (block._type === 'figure') return change(block)
      if (block._type !== 'gallery') return block
      return {...block, pictures: await Promise.all(block.pictures.map(change))}
    }),
  )
  const lead = article.leadMedia
  return {
    ...article,
    ...(article.body && {body}),
    ...(lead && {leadMedia: lead._type === 'figure' ? await change(lead) : lead}),
  }
}

/** The pictures that the dataset's version of the article has, by their former addresses. */
function knownAssets(stored: unknown): ReadonlyMap<string, Asset> {
  const known = new Map<string, Asset>()
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (typeof value === 'object' && value !== null) {
      const {asset, sourceAddress}: {asset?: unknown; sourceAddress?: unknown} = value
      const ref =
        typeof asset === 'object' && asset !== null && '_ref' in asset ? asset._ref : undefined
      if (typeof sourceAddress === 'string' && typeof ref === 'string') {
        known.set(sourceAddress, {_type: 'reference', _ref: ref})
      }
      Object.values(value).forEach(collect)
    }
  }
  collect(stored)
  return known
}
