// @ts-check
/**
 * Runs in previews: connects the page to the Studio around it, and keeps it up to date. Plain
 * JavaScript, because browsers run it as it is.
 */
import {enableVisualEditing} from '@sanity/visual-editing-standalone'

import {morph} from './morph.js'

/** @type {Promise<void> | undefined} */
let fetching
let isStale = false

/** Fetches the page again and shows what changed; one request at a time. */
const refresh = () => {
  isStale = true
  fetching ??= fetchUntilFresh().finally(() => {
    fetching = undefined
  })
  return fetching
}

const fetchUntilFresh = async () => {
  while (isStale) {
    isStale = false
    try {
      const response = await fetch(location.href, {headers: {accept: 'text/html'}})
      if (response.status >= 500) throw new Error(`The site answered ${response.status}.`)
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
      document.title = fresh.title
      for (const part of ['.preview-banner', '.site-header', '#content', '.site-footer']) {
        const [old, now] = [document.querySelector(part), fresh.querySelector(part)]
        if (old && now && !old.isEqualNode(now)) morph(old, now)
      }
      say('')
    } catch {
      // The page stays; the next change tries again.
      say(document.body.dataset['outOfDate'] ?? '')
    }
  }
}

/** @param {string} message */
const say = (message) => {
  const status = document.querySelector('#preview-status')
  if (status && status.textContent !== message) status.textContent = message
}

/** @param {unknown} perspective */
const changePerspective = async (perspective) => {
  const {status} = await fetch('/api/preview/perspective', {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({perspective}),
  })
  // 200 says that it was another one; 204 that it is the same.
  if (status === 200) await refresh()
}

const changes = new EventSource('/api/preview/changes')
changes.addEventListener('change', () => void refresh())

/** @type {import('@sanity/visual-editing-standalone').HistoryAdapterNavigate | undefined} */
let navigate
enableVisualEditing({
  history: {
    subscribe: (tell) => {
      navigate = tell
      tell({type: 'replace', url: location.href, title: document.title})
      return () => {
        navigate = undefined
      }
    },
    update: (update) => {
      if (update.type === 'replace') location.replace(update.url)
      else location.assign(update.url)
    },
  },
  refresh: () => refresh(),
  onPerspectiveChange: (perspective) => void changePerspective(perspective),
})

addEventListener('popstate', () =>
  navigate?.({type: 'pop', url: location.href, title: document.title}),
)
