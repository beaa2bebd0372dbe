/** A saved page → a story. What one vocabulary says and another contradicts is residue. */
import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {possibleNames} from '../../../seed/parse/byline.ts'
import {excerpt} from '../../../seed/parse/excerpt.ts'
import {readableText} from '../../../seed/parse/readableText.ts'
import {lettersIn} from '../../html/balance.ts'
import type {Part} from '../../html/part.ts'
import {isOfClass, partsOfNodes} from '../../html/readHtml.ts'
import {
  attribute,
  elementsIn,
  elementsNamed,
  isComment,
  isElement,
  lineIn,
  readableIn,
  sourceOf,
  startOf,
  type Element,
  type Node,
} from '../../html/tree.ts'
import {pathOf} from '../../story/pathOf.ts'
import type {StoryInput} from '../../story/story.ts'
import {instantIn, instantOf} from '../../story/times.ts'
import type {SiteProfile} from '../format.ts'
import {
  chosenFor,
  type Fact,
  type PageFacts,
  pageFacts,
  type Statement,
  storyElement,
} from './pageFacts.ts'

export interface Page {
  readonly nodes: readonly Node[]
  readonly source: string
  readonly sha256: string
  readonly file: string
  readonly path: string
}

/** Facts that a page may state several times, each of them true. */
const PLURAL: ReadonlySet<Fact> = new Set(['author', 'keyword', 'url', 'picture', 'section'])

export function storyOfPage(page: Page, site: SiteProfile): StoryInput {
  const {nodes, path, sha256, source} = page
  const facts = pageFacts(nodes)
  const flags: StoryInput['flags'] = []
  const residue: StoryInput['residue'] = []
  const place = (at: number): string => `line ${source.slice(0, at).split('\n').length}`
  const flag: Flag = (code, at, message, evidence) =>
    flags.push({code, pointer: place(at), message, ...(evidence && {evidence})})
  const keep: Keep = ({at, name, value}) =>
    residue.push({pointer: `${place(at)} ${name}`, text: value})

  for (const {at, source: text} of facts.broken) {
    keep({at, name: 'JSON-LD', value: text})
    flag(
      'brokenMetadata',
      at,
      'The JSON-LD of the page cannot be read. Compare the story with its page.',
    )
  }
  const one = (fact: Fact): string | undefined => first(fact, facts, flag, keep)
  const {headline, heading} = headlineOf(nodes, one('headline'), flag)
  const addresses = addressesOf(facts, nodes, site)
  const [url] = addresses
  const base = url ?? site.baseUrl
  const {element, isGuessed} = storyIn(nodes, site)
  if (isGuessed) {
    flag(
      'bodyGuessed',
      startOf(element),
      'No element of the page is marked as the story, so all of its text was taken. Take out what is not part of the story, or name the element in "storyClasses" of site.json.',
    )
  }
  const read = () =>
    partsOfNodes(element.childNodes, source, {
      base,
      furnitureClasses: site.furnitureClasses,
      isFile: (address) => isBeside(page.file, address),
      standIn: (inside) => movedPart(inside, heading, source),
    })
  checkLength(one('articleBody'), element, flag)
  const published = timeOf(one('publishedAt'), site, startOf(element), flag)
  const modified = timeOf(one('modifiedAt'), site, startOf(element), () => undefined)
  if (published?.instant && modified?.instant && modified.instant < published.instant) {
    flag(
      'changedBeforePublished',
      0,
      `The page says that it was changed at ${modified.raw}, before it was published at ${published.raw}. Check the time of publication.`,
      modified.raw,
    )
  }
  for (const fact of ['keyword', 'section'] as const) {
    for (const said of chosenFor(fact, facts).others) keep(said)
  }
  const sections = values('section', facts)
  if (sections.length > 1) {
    flag(
      'severalSections',
      0,
      `The page names several sections: ${excerpt(sections.join(', '))}. Choose one.`,
      sections.join(', '),
    )
  }
  const [section] = sections
  const pictures = chosenFor('picture', facts)
  const own = pictures.chosen.filter(
    ({vocabulary}) => vocabulary === 'jsonLd' || vocabulary === 'microdata',
  )
  for (const picture of [...pictures.chosen, ...pictures.others])
    if (picture !== own[0]) keep(picture)
  const lead = own[0] && URL.parse(own[0].value, base)?.href
  for (const said of facts.statements) if (said.fact === 'publisher') keep(said)
  const shared = (fact: Fact) =>
    facts.statements.find((said) => said.fact === fact && said.vocabulary === 'openGraph')?.value
  const description = one('description')
  const socialTitle = shared('headline')
  const socialDescription = shared('description')
  return {
    source: {
      format: 'html',
      entry: path,
      pointer: place(startOf(element)),
      key: url ?? sha256,
      version: modified?.instant ?? published?.instant ?? '',
      sha256,
      urls: addresses,
    },
    status: 'usable',
    headline: headline ?? '',
    ...authorsOf(facts, flag, keep),
    times: {...(published && {first: published}), ...(modified && {modified})},
    ...(lead && {lead: {address: lead}}),
    body: [{kind: 'parts', read, pointer: 'page'}],
    ...(sections.length === 1 && section && {section: {name: section}}),
    topics: [...values('keyword', facts), ...(sections.length > 1 ? sections : [])].map((name) => ({
      name,
    })),
    corrections: [],
    seo: {description},
    social: {
      ...(socialTitle && socialTitle !== headline && {title: socialTitle}),
      ...(socialDescription &&
        socialDescription !== description && {description: socialDescription}),
    },
    access: 'free',
    language: one('language') ?? site.language,
    oldAddresses: [...new Set(addresses.map(pathOf))].filter((address) => address !== '/'),
    residue,
    flags,
    proposals: proposalsOf(facts, place),
  }
}

type Flag = (code: string, at: number, message: string, evidence?: string) => unknown
type Keep = (said: Pick<Statement, 'at' | 'name' | 'value'>) => unknown

/** The first value of the most trusted vocabulary. Equal ranks that disagree are flagged. */
function first(fact: Fact, facts: PageFacts, flag: Flag, keep: Keep): string | undefined {
  const {chosen, others} = chosenFor(fact, facts)
  const [taken, ...rivals] = chosen
  for (const said of [...rivals, ...others]) if (!isShared(said)) keep(said)
  if (taken && rivals.length > 0 && !PLURAL.has(fact)) {
    const all = chosen.map(({value}) => excerpt(value)).join(', ')
    flag(
      'severalValues',
      taken.at,
      `The page states several values of ${taken.name}: ${all}. The first was taken. Check it.`,
      all,
    )
  }
  return taken?.value
}

/** These go into the fields for sharing. */
function isShared({fact, vocabulary}: Statement): boolean {
  return vocabulary === 'openGraph' && (fact === 'headline' || fact === 'description')
}

const values = (fact: Fact, facts: PageFacts): string[] =>
  chosenFor(fact, facts).chosen.map(({value}) => value)

/** Without a stated headline, the only `<h1>` of the page is taken, and otherwise its title. */
function headlineOf(nodes: readonly Node[], stated: string | undefined, flag: Flag) {
  if (stated !== undefined) return {headline: stated, heading: stated}
  const headings = elementsNamed(nodes, 'h1').filter((one) => lineIn([one]) !== '')
  const [only] = headings.length === 1 ? headings : []
  const [title] = elementsNamed(nodes, 'title')
  const found = only ?? title
  if (!found) return {headline: undefined, heading: undefined}
  const headline = readableText(lineIn([found])).text
  flag(
    'headlineGuessed',
    startOf(found),
    `The page states no headline. Its ${only ? 'only main heading' : 'title'} was taken: ${excerpt(headline)}. Check it.`,
    headline,
  )
  return {headline, heading: only ? headline : undefined}
}

/** Addresses of the page, each once, the canonical one first. */
function addressesOf(facts: PageFacts, nodes: readonly Node[], site: SiteProfile): string[] {
  const stated = facts.statements.filter(({fact}) => fact === 'url')
  const canonical = stated.filter(({name}) => name === 'canonical')
  const written = [...canonical, ...stated].map(({value}) => value)
  const found = [...written, ...savedFrom(nodes)].flatMap((one) => {
    const url = URL.parse(one, site.baseUrl)
    return url && /^https?:$/.test(url.protocol) ? [url.href] : []
  })
  return [...new Set(found)]
}

/** Browsers write the address into a page that they save. */
function* savedFrom(nodes: readonly Node[]): Iterable<string> {
  for (const node of nodes) {
    if (isComment(node)) {
      const [, address] = /saved from url=\(\d+\)(\S+)/.exec(node.data) ?? []
      if (address) yield address
    } else if (isElement(node) && node.tagName === 'html') {
      yield* savedFrom(node.childNodes)
    }
  }
}

function storyIn(
  nodes: readonly Node[],
  site: SiteProfile,
): {element: Element; isGuessed: boolean} {
  const named = [...elementsIn(nodes)].filter(isOfClass(site.storyClasses))
  const marked = named.length === 1 ? named[0] : storyElement(nodes)
  if (marked) return {element: marked, isGuessed: false}
  const mains = elementsNamed(nodes, 'main')
  const [whole] = mains.length === 1 ? mains : elementsNamed(nodes, 'body')
  if (!whole) throw new Error('A parsed page has no body.')
  return {element: whole, isGuessed: true}
}

/** Microdata inside the story that is a field of its own. */
const MOVED =
  /(?:^|\s)(?:headline|author|datePublished|dateModified|articleSection|keywords)(?:\s|$)/

/** The headline above the story, and what the page marks as another field, are not in the body. */
function movedPart(
  element: Element,
  heading: string | undefined,
  source: string,
): Part[] | undefined {
  const isHeading =
    element.tagName === 'h1' &&
    heading !== undefined &&
    readableText(lineIn([element])).text === readableText(heading).text
  const isField = MOVED.test(attribute(element, 'itemprop') ?? '')
  if (!isHeading && !isField) return undefined
  const {tagName: name} = element
  const at = startOf(element)
  return [
    {kind: 'furniture', name, source: sourceOf(element, source), text: readableIn([element]), at},
  ]
}

/** The body in the metadata checks the element that was found; it often has no paragraphs. */
function checkLength(stated: string | undefined, element: Element, flag: Flag): void {
  if (stated === undefined) return
  const expected = lettersIn(stated)
  const found = lettersIn(readableIn([element]))
  if (expected <= found * 1.1) return
  flag(
    'shorterThanStated',
    startOf(element),
    `The page says that the story has ${expected} letters, but ${found} were found. Compare the story with its page.`,
  )
}

function authorsOf(facts: PageFacts, flag: Flag, keep: Keep) {
  const {chosen, others} = chosenFor('author', facts)
  for (const said of others) keep(said)
  const names: StoryInput['names'] = []
  const printed: Statement[] = []
  for (const said of chosen) {
    const {at, nature, value} = said
    if (nature === 'person' || isOneName(value)) names.push({text: value, role: 'writer'})
    else if (nature === 'organisation') {
      names.push({text: value, role: 'writer', kind: 'desk'})
      flag(
        'deskAsAuthor',
        at,
        `${excerpt(value)} is an organisation, named as the author. It was taken for a desk; check it.`,
        value,
      )
    } else printed.push(said)
  }
  const [text, ...more] = printed
  for (const said of more) keep(said)
  return {names, ...(text && {bylineText: text.value})}
}

/** Whether a text is one full name and nothing else. */
function isOneName(text: string): boolean {
  const [only, ...more] = possibleNames(text)
  return only === text && more.length === 0
}

/** One text may hold several names; which they are is for an editor. */
function proposalsOf(facts: PageFacts, place: (at: number) => string): StoryInput['proposals'] {
  return chosenFor('author', facts)
    .chosen.filter(({nature, value}) => nature === 'text' && !isOneName(value))
    .flatMap(({at, value}) =>
      possibleNames(value).map((name) => ({
        field: 'byline',
        value: name,
        evidence: value,
        pointer: place(at),
        rule: 'namesInOneField' as const,
        message: `${excerpt(name)} may be an author of the story. Accept or reject the proposal.`,
      })),
    )
}

function timeOf(raw: string | undefined, {timeZone}: SiteProfile, at: number, flag: Flag) {
  if (raw === undefined) return undefined
  const instant = instantOf(raw)
  if (instant) return {raw, instant}
  const local = timeZone === undefined ? undefined : instantIn(raw, timeZone)
  if (!local) return {raw}
  flag(
    'localTime',
    at,
    `The page gives only a local time, ${raw}. It was read in the zone ${timeZone}.`,
    raw,
  )
  return {raw, instant: local.instant}
}

/** Whether an address is a file that was saved with the page. */
function isBeside(page: string, address: string): boolean {
  if (/^[a-z][a-z\d+.-]*:|^\/|\\|\.\.|\0/i.test(address)) return false
  const path = safelyDecoded(address.replace(/[?#].*$/, ''))
  return path !== undefined && existsSync(join(dirname(page), path))
}

function safelyDecoded(path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path)
    return /\.\.|\0/.test(decoded) || decoded === '' ? undefined : decoded
  } catch {
    return undefined
  }
}
