/** The report as one page that a managing editor can read: totals first, then what needs a look. */
import {escapeText, tagged} from '../html/write.ts'
import {firstStories, type ReportedStory, type StoryList} from './storyList.ts'
import {type ArchiveReport, hidesText, isBalanced} from './tally.ts'

/** Of each list, so that the page of a large archive still opens; flags.csv has all. */
const SHOWN = 200

interface Link {
  readonly text: string
  readonly href: string
}
type Cell = string | number | Link

/** `studio` is the address of the Studio, to which stories are linked. */
export function reportPage(report: ArchiveReport, studio?: string): string {
  const {
    archived,
    documents,
    drafts,
    flagged,
    flags,
    hidden,
    items,
    missingPictures,
    others,
    refused,
    stories,
    superseded,
    text,
  } = report
  const link = linkInto(studio)
  const figures = [
    list('What became of the archive', [
      ['Records in the archive', items],
      ['Stories', stories.length],
      ...Object.entries(others).map(([what, count]) => [`Not a story: ${what}`, count] as const),
      ['Older records of a story that was imported', superseded.length],
      ['Refused', refused.length],
    ]),
    list('Stories', [
      ['Became drafts, because something is missing', drafts],
      ['With something to check', flagged],
      ['With text that readers do not see', hidden],
    ]),
    list('Documents in the dataset', [
      ['Created', documents.created],
      ['Already there', documents.unchanged],
      ['Set back to the source', documents.replaced],
      ['Kept as they are, because they differ from the source', documents.kept],
    ]),
    list('Letters and signs in the texts', [
      ['In the source', text.source],
      ['In paragraphs', text.kept],
      ['In captions and tables', text.moved],
      ['In archived blocks', text.opaque],
      ['Parts of the page, left out', text.furniture],
    ]),
    list('Archived blocks, which readers do not see', Object.entries(archived)),
    list(
      'To check, by kind',
      Object.entries(flags)
        .toSorted(([, a], [, b]) => b - a)
        .map(([code, count]) => [titleOf(code), count]),
    ),
  ]
  const sections = [
    verdict(report),
    tagged('div', {class: 'figures'}, figures.join('\n')),
    table(
      'Refused',
      ['where', 'why'],
      refused.map(({place, reason}) => [place, reason]),
    ),
    table(
      'Missing pictures',
      ['address', 'why', 'story'],
      missingPictures.map(({address, id, reason}) => [address, reason, id]),
    ),
    table(
      'Older records',
      ['record', 'imported instead'],
      superseded.map(({by, story}) => [story, by]),
    ),
    table('Drafts', ['story', 'because', 'where'], draftRows(stories, link), drafts),
    table(
      'Stories with text that readers do not see, in letters and signs',
      ['story', 'in the source', 'for readers', 'in archived blocks', 'left out'],
      hiddenRows(stories, link),
      hidden,
    ),
    toCheck(stories, flagged, link),
  ]
  return page(`Import ${report.run}`, sections.join('\n'))
}

/** `leftOutByMarkup` → “Left out by markup”. */
function titleOf(code: string): string {
  const words = code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function verdict(report: ArchiveReport): string {
  const {drafts, refused, taken} = report
  const sentences = [
    `${counted(taken, 'story', 'stories')}: ${taken - drafts} complete, ${counted(drafts, 'draft', 'drafts')} with something missing.`,
    refused.length > 0 ? `${counted(refused.length, 'record was', 'records were')} refused.` : '',
    report.dryRun ? 'A dry run: nothing was written.' : '',
    report.interrupted
      ? 'The import was interrupted. Run the same command again to finish it.'
      : '',
    isBalanced(report)
      ? 'Every record and every letter is accounted for.'
      : `The totals do not add up: the import has a fault. ${report.unbalanced.join(', ')}`,
  ]
  return tagged('p', {}, escapeText(sentences.filter(Boolean).join(' ')))
}

type StoryLink = (story: ReportedStory) => Link | string

/** A story that was refused is not in the dataset. */
function linkInto(studio: string | undefined): StoryLink {
  return ({id, outcome, title}) =>
    studio === undefined || outcome === 'refused'
      ? title
      : {text: title, href: `${studio.replace(/\/$/, '')}/intent/edit/id=${id};type=article/`}
}

function draftRows(stories: StoryList, link: StoryLink): Cell[][] {
  const drafts = firstStories(stories, SHOWN, ({draftBecause}) => draftBecause.length > 0)
  return drafts.map((story) => [link(story), story.draftBecause.join('; '), story.place])
}

/** The length of each text before and after, where they differ. */
function hiddenRows(stories: StoryList, link: StoryLink): Cell[][] {
  return firstStories(stories, SHOWN, ({ledger}) => hidesText(ledger)).flatMap((story) => {
    if (!story.ledger) return []
    const {fates, source} = story.ledger
    return [[link(story), source, fates.kept + fates.moved, fates.opaque, fates.furniture]]
  })
}

function counted(count: number, one: string, several: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`
}

/** A story with all that there is to check in it; the place in the file only where it differs. */
function toCheck(stories: StoryList, flagged: number, link: StoryLink): string {
  if (flagged === 0) return ''
  const listed = firstStories(stories, SHOWN, ({flags}) => flags.length > 0)
  const shown = listed.map((story) => {
    const {flags, place} = story
    const lines = flags.map(({evidence, message, pointer}) => {
      const quoted = evidence ? ` ${tagged('q', {}, escapeText(short(evidence)))}` : ''
      const at = place.endsWith(pointer) ? '' : ` ${tagged('small', {}, escapeText(pointer))}`
      return tagged('li', {}, escapeText(message) + quoted + at)
    })
    const heading = `${written(link(story))} ${tagged('small', {}, escapeText(place))}`
    return tagged('h3', {}, heading) + tagged('ul', {}, lines.join(''))
  })
  const more = flagged - shown.length
  return [
    tagged('h2', {}, `To check (${flagged})`),
    ...shown,
    more > 0 ? tagged('p', {}, `… and ${more} more: flags.csv has all.`) : '',
  ].join('\n')
}

function list(title: string, rows: readonly (readonly [string, number])[]): string {
  if (rows.length === 0) return ''
  const lines = rows.map(([name, count]) =>
    tagged(
      'tr',
      {},
      tagged('th', {scope: 'row'}, escapeText(name)) +
        tagged('td', {}, count.toLocaleString('en-GB')),
    ),
  )
  const table = tagged('table', {class: 'sums'}, lines.join('\n'))
  return tagged('section', {}, tagged('h2', {}, escapeText(title)) + table)
}

function table(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  total = rows.length,
): string {
  if (rows.length === 0) return ''
  const head = tagged(
    'tr',
    {},
    heads.map((name) => tagged('th', {scope: 'col'}, escapeText(name))).join(''),
  )
  const body = rows
    .slice(0, SHOWN)
    .map((row) => tagged('tr', {}, row.map((cell) => tagged('td', {}, written(cell))).join('')))
  const more = total > SHOWN ? tagged('p', {}, `… and ${total - SHOWN} more.`) : ''
  return (
    tagged('h2', {}, escapeText(`${title} (${total})`)) +
    tagged('table', {}, [head, ...body].join('\n')) +
    more
  )
}

function written(cell: Cell): string {
  if (typeof cell === 'string') return escapeText(short(cell))
  if (typeof cell === 'number') return cell.toLocaleString('en-GB')
  return tagged('a', {href: cell.href}, escapeText(short(cell.text)))
}

const short = (text: string): string => (text.length > 500 ? `${text.slice(0, 499)}…` : text)

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeText(title)}</title>
<style>
  body {font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem}
  .figures {columns: 20rem; column-gap: 3rem} .figures section {break-inside: avoid; padding-top: 1rem} .figures h2 {margin-top: 0}
  h1 {font-size: 1.6rem} h2 {font-size: 1.15rem; margin: 2rem 0 .5rem}
  table {border-collapse: collapse; width: 100%} .sums {width: auto}
  td:first-child {min-width: 16rem} th, td {text-align: left; vertical-align: top; padding: .3rem 1rem .3rem 0; border-top: 1px solid #ddd; overflow-wrap: anywhere}
  h3 {font-size: 1rem; margin: 1.2rem 0 0} ul {margin: .2rem 0} small {color: #555; overflow-wrap: anywhere} q {background: #f3f3f3}
  th {font-weight: 600} .sums th {font-weight: 400} .sums td {text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums}
</style>
<h1>${escapeText(title)}</h1>
${body}
</html>
`
}
