/** The report as one page that a managing editor can read: totals first, then what needs a look. */
import {escapeText, tagged} from '../html/write.ts'
import {type ArchiveReport, isBalanced, type ReportedStory} from './tally.ts'

/** Of each list, so that the page of a large archive still opens; flags.csv has all. */
const SHOWN = 200

export function reportPage(report: ArchiveReport): string {
  const {
    archived,
    documents,
    drafts,
    flagged,
    flags,
    items,
    missingPictures,
    others,
    refused,
    stories,
    superseded,
    text,
  } = report
  const sections = [
    verdict(report),
    list('What became of the archive', [
      ['Records in the archive', items],
      ['Stories', stories.length],
      ...Object.entries(others).map(([what, count]) => [`Not stories: ${what}`, count] as const),
      ['Older records of a story that was imported', superseded.length],
      ['Refused', refused.length],
    ]),
    list('Stories', [
      ['Became drafts, because something is missing', drafts],
      ['With something to check', flagged],
    ]),
    list('Documents', Object.entries(documents)),
    list('Letters and signs in the texts', [
      ['In the source', text.source],
      ['In paragraphs', text.kept],
      ['In captions and tables', text.moved],
      ['In archived blocks', text.opaque],
      ['Parts of the page, left out', text.furniture],
    ]),
    list('Archived blocks, which readers do not see', Object.entries(archived)),
    list('To check, by kind', Object.entries(flags)),
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
    table('Drafts', ['story', 'because', 'where'], stories.flatMap(draftRow)),
    table(
      'To check',
      ['story', 'what to do', 'words of the source', 'where'],
      stories.flatMap(flagRows),
    ),
  ]
  return page(`Import ${report.run}`, sections.join('\n'))
}

function verdict(report: ArchiveReport): string {
  const sentences = [
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

function draftRow({draftBecause, place, title}: ReportedStory): string[][] {
  return draftBecause.length > 0 ? [[title, draftBecause.join('; '), place]] : []
}

function flagRows({flags, place, title}: ReportedStory): string[][] {
  return flags.map(({evidence = '', message, pointer}) => [
    title,
    message,
    evidence,
    `${place} ${pointer}`,
  ])
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
  return tagged('h2', {}, escapeText(title)) + tagged('table', {class: 'sums'}, lines.join('\n'))
}

function table(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return ''
  const head = tagged(
    'tr',
    {},
    heads.map((name) => tagged('th', {scope: 'col'}, escapeText(name))).join(''),
  )
  const body = rows
    .slice(0, SHOWN)
    .map((row) =>
      tagged('tr', {}, row.map((cell) => tagged('td', {}, escapeText(short(cell)))).join('')),
    )
  const more = rows.length > SHOWN ? tagged('p', {}, `… and ${rows.length - SHOWN} more.`) : ''
  return (
    tagged('h2', {}, escapeText(`${title} (${rows.length})`)) +
    tagged('table', {}, [head, ...body].join('\n')) +
    more
  )
}

const short = (text: string): string => (text.length > 300 ? `${text.slice(0, 299)}…` : text)

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeText(title)}</title>
<style>
  body {font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem}
  h1 {font-size: 1.6rem} h2 {font-size: 1.15rem; margin: 2rem 0 .5rem}
  table {border-collapse: collapse; width: 100%} .sums {width: auto}
  th, td {text-align: left; vertical-align: top; padding: .3rem 1rem .3rem 0; border-top: 1px solid #ddd; overflow-wrap: anywhere}
  th {font-weight: 600} .sums th {font-weight: 400} .sums td {text-align: right; font-variant-numeric: tabular-nums}
</style>
<h1>${escapeText(title)}</h1>
${body}
</html>
`
}
