/**
 * Saved pages: what a page states about its story (`pageFacts.ts`), and the element that holds the
 * story. The address of the page makes two files one story.
 */
import {readFile} from 'node:fs/promises'

import {Refusal} from '../../../seed/parse/refusal.ts'
import {pageNodes} from '../../html/tree.ts'
import type {Format} from '../format.ts'
import {checksumOf} from '../readJson.ts'
import {pageText} from './pageText.ts'
import {storyOfPage} from './storyOfPage.ts'

/** A newspaper's page has some hundred thousand letters, and with scripts a few million. */
const PAGE_BYTES_MAX = 20_000_000

export const savedHtml: Format = {
  name: 'html',
  title: 'a saved page',
  detects: ({text}) =>
    /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html[\s>])/i.test(text),
  async *read({file, path, size}, {site}) {
    if (size > PAGE_BYTES_MAX) {
      throw new Refusal(path, 0, `a page of at most ${PAGE_BYTES_MAX} bytes`, `${size} bytes`)
    }
    const bytes = await readFile(file)
    const source = pageText(bytes, path)
    const page = {nodes: pageNodes(source), source, sha256: checksumOf(bytes), file, path}
    yield {kind: 'story', story: storyOfPage(page, site)}
  },
}
