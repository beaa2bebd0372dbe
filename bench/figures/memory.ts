import {readFileSync} from 'node:fs'

import type {Figure} from '../figure.ts'
import {type LakeServer, load, queryPath, startLakeServer} from '../load.ts'
import type {Newsroom} from '../newsroom.ts'
import {LIBRARY, PLAIN} from '../queries.ts'
import type {BuiltLake} from '../workspace.ts'

const MILLISECONDS = 6000
const SCAN = 'count(*[length(body[0].children[0].text) > $length])'

/** The peak memory of a server after many queries of every kind. */
export const memory = async (
  folder: string,
  {newsroom, dataDir}: BuiltLake,
): Promise<readonly Figure[]> => {
  const lake = await startLakeServer(dataDir)
  try {
    await useMemory(folder, lake, newsroom)
    return [
      {
        name: `resident memory serving ${newsroom.articles.toLocaleString('en')} articles, at most`,
        value: mostResident(lake.pid),
        unit: 'MB',
        target: {atMost: 250},
      },
    ]
  } finally {
    await lake.stop()
  }
}

/** Sends many queries of every kind to a server. */
export const useMemory = async (
  folder: string,
  {port, token}: LakeServer,
  newsroom: Newsroom,
): Promise<void> => {
  const every = Array.from({length: newsroom.articles}, (_, article) =>
    queryPath('*[_type == "article" && slug.current == $slug][0]', {slug: newsroom.slug(article)}),
  )
  const library = Array.from({length: 400}, (_, turn) =>
    [...PLAIN, ...LIBRARY].map(({text, params}) => queryPath(text, params(newsroom, turn))),
  ).flat()
  const lists = Array.from({length: 400}, (_, page) =>
    queryPath('*[_type == "article"] | order(firstPublishedAt desc)[$from...$to]', {
      from: page * 20,
      to: page * 20 + 100,
    }),
  )
  const scans = Array.from({length: 50}, (_, length) => queryPath(SCAN, {length}))
  for (const paths of [every, library, lists, scans, every]) {
    await load(folder, {port, token, paths, connections: 8, milliseconds: MILLISECONDS})
  }
}

/** The process's peak resident memory according to the kernel, in MB (a million bytes). */
export const mostResident = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(status) ?? []
  return (Number(kibibytes) * 1024) / 1e6
}
