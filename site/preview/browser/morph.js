// @ts-check
/**
 * Changes a page into a newer version of itself, touching only what differs: focus, scrolling and
 * the reader's place stay. Plain JavaScript, because browsers run it as it is.
 */

/**
 * Makes `old` like `fresh`. Both are elements of the same name.
 *
 * @param {Element} old
 * @param {Element} fresh
 * @returns {void}
 */
export const morph = (old, fresh) => {
  for (const {name} of Array.from(old.attributes)) {
    if (!fresh.hasAttribute(name)) old.removeAttribute(name)
  }
  for (const {name, value} of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
  morphChildren(old, fresh)
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
const morphChildren = (old, fresh) => {
  const before = [...old.childNodes]
  const after = [...fresh.childNodes]
  const kept = pair(before, after)
  for (const node of before) if (![...kept.values()].includes(node)) node.remove()
  /** @type {Node | null} */
  let place = old.firstChild
  for (const node of after) {
    const match = kept.get(node)
    if (match === undefined) {
      old.insertBefore(document.importNode(node, true), place)
      continue
    }
    if (match === place) place = place.nextSibling
    else old.insertBefore(match, place)
    if (match instanceof Element && node instanceof Element) morph(match, node)
    else if (match.nodeValue !== node.nodeValue) match.nodeValue = node.nodeValue
  }
}

/**
 * For each new node the old one that becomes it: the same node if there is one, else a like one.
 *
 * @param {readonly ChildNode[]} before
 * @param {readonly ChildNode[]} after
 */
const pair = (before, after) => {
  /** @type {Map<ChildNode, ChildNode>} */
  const kept = new Map()
  const free = new Set(before)
  for (const isMatch of [isSame, isLike]) {
    for (const node of after) {
      if (kept.has(node)) continue
      const match = [...free].find((old) => isMatch(old, node))
      if (match === undefined) continue
      free.delete(match)
      kept.set(node, match)
    }
  }
  return kept
}

/** @type {(old: ChildNode, fresh: ChildNode) => boolean} */
const isSame = (old, fresh) => old.isEqualNode(fresh)

/** @type {(old: ChildNode, fresh: ChildNode) => boolean} */
const isLike = (old, fresh) => old.nodeName === fresh.nodeName && idOf(old) === idOf(fresh)

/** @param {ChildNode} node */
const idOf = (node) => (node instanceof Element ? node.id : '')
