/** All that the import makes of a small file, as sorted lines: for tests of whole formats. */
import {bodyOf} from '../../archive/documents/bodyOf.ts'
import type {SiteProfile} from '../../archive/formats/format.ts'
import {formatOf} from '../../archive/formats/formats.ts'
import type {Story} from '../../archive/story/story.ts'
import {itemsOf, storiesIn} from '../../archive/testFormats.ts'
import type {NewsBody} from '../../seed/model/seedDocument.ts'
import {readableText} from '../../seed/parse/readableText.ts'

/** Throws when no format knows the file, or it is not exactly one story, or a letter is lost. */
export async function storyIn(text: string, site: SiteProfile = {}): Promise<Story> {
  const format = formatOf({text})
  if (!format) throw new Error('No format knows the file.')
  const [story, ...more] = storiesIn(await itemsOf(format, {file: text}, site))
  if (!story || more.length > 0) throw new Error('The file is not one story.')
  return story
}

export async function storyLines(text: string): Promise<string[]> {
  const story = await storyIn(text)
  const body = bodyOf(story, {})
  if (!body.ledger.balanced) throw new Error('The ledger does not balance.')
  const {access, bylineText, names, proposals, section, status, times, topics} = story
  const credits = (key: string): string =>
    (body.figures.get(key)?.credits ?? []).map(({text: who}) => ` © ${who}`).join('')
  return [
    ...(status === 'usable' ? [] : [status]),
    ...(access === 'free' ? [] : [access]),
    ...(times.first?.instant ? [] : ['no time']),
    ...(names.length > 0 ? [`by: ${names.map(named).join('; ')}`] : []),
    ...(bylineText ? [`printed: ${bylineText}`] : []),
    ...(section ? [`section: ${section.name}`] : []),
    ...(topics.length > 0 ? [`topics: ${topics.map(({name}) => name).join('; ')}`] : []),
    ...body.blocks.map((block) => blockLine(block, credits)),
    ...[...story.residue, ...body.residue].map(({text: left}) => `left: ${left}`),
    ...proposals.map(({field, value}) => `proposal ${field}: ${value}`),
    ...[...story.flags, ...body.flags].map(({code}) => `flag ${code}`),
  ].toSorted()
}

/** As the documents have it: entities decoded once, no invisible characters. */
function named({kind, text}: Story['names'][number]): string {
  return kind === 'person' ? readableText(text).text : `${readableText(text).text} (${kind})`
}

function blockLine(block: NewsBody[number], credits: (key: string) => string): string {
  switch (block._type) {
    case 'block':
      return `text: ${(block.children ?? []).map(({text}) => text ?? '').join('')}`
    case 'figure':
      return `figure ${block.sourceAddress}: ${block.caption ?? ''}${credits(block._key)}`
    case 'archivedBlock':
      return `archived ${block.kind}: ${block.text ?? ''}`
    case 'video':
    case 'audio':
      return `${block._type} ${block.title}`
    default:
      return block._type
  }
}
