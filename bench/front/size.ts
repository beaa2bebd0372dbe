/** How much a reader loads for a story, pictures aside. */
import {brotliCompressSync} from 'node:zlib'

import type {Figure} from '../figure.ts'
import type {Stand} from './stand.ts'

export const measureSize = async ({site}: Stand, path: string): Promise<Figure[]> => {
  const html = await textAt(site + path)
  const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(html) ?? []
  const css = await textAt(site + style)
  const scripts = html.match(/<script(?![^>]*application\/ld\+json)/g) ?? []
  return [
    {name: 'story page, HTML, Brotli', value: kB(html), unit: 'kB', target: {atMost: 15}},
    {name: 'its style sheet, Brotli', value: kB(css), unit: 'kB', target: {atMost: 8}},
    {name: 'its scripts', value: scripts.length, unit: '', target: {atMost: 0}},
  ]
}

const kB = (text: string): number => brotliCompressSync(text).length / 1000

const textAt = async (url: string): Promise<string> => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answers ${response.status}.`)
  return response.text()
}
