/** The banner above a preview: what it shows, the time it shows, and the way out. */
import {html} from 'hono/html'

import type {Html, Preview, Visit} from './visit.ts'

export const bannerOf = ({words, url}: Visit, {perspective, at}: Preview): Html => {
  const shown = [perspective].flat().join(', ')
  return html`<aside class="preview-banner" aria-label="${words.preview.name}">
    <p><strong>${words.preview.name}</strong> ${shown}</p>
    <form action="${url.pathname}">
      <label for="preview-at">${words.preview.at}</label>
      <input id="preview-at" name="at" type="datetime-local" value="${at}" />
      <button type="submit">${words.preview.show}</button>
    </form>
    <form action="/api/preview/disable" method="post">
      <button type="submit">${words.preview.end}</button>
    </form>
    <p id="preview-status" role="status"></p>
  </aside>`
}
