/**
 * Parts of a body → the blocks of the content model. What a block cannot hold, such as a link in a
 * caption, becomes residue; what readers will miss is flagged.
 */
import {agencyOr} from '../../seed/entities/agencies.ts'
import type {NewsBody} from '../../seed/model/seedDocument.ts'
import {excerpt} from '../../seed/parse/excerpt.ts'
import type {Residue, StoryFigure, StoryFlag} from '../story/story.ts'
import {archivedBlock, embedBlock, figureBlock} from './blocks.ts'
import {type BodyFlagCode, flagMessage} from './flagMessages.ts'
import type {
  ArchivedPart,
  EmbedPart,
  FigurePart,
  Part,
  PartFlag,
  PullQuotePart,
  Run,
  TablePart,
} from './part.ts'
import {plainText, plainWords, textBlock} from './textBlock.ts'

type Member = NewsBody[number]

/** A flag quotes this many letters of an archived block; the block has all of them. */
const EVIDENCE_MAX = 500

export interface PartBlocks {
  readonly blocks: NewsBody
  /** The pictures among them, also those in galleries, by the key of their block. */
  readonly figures: ReadonlyMap<string, StoryFigure>
  readonly flags: readonly StoryFlag[]
  readonly residue: readonly Residue[]
}

export interface PartPlaces {
  /** Begins the keys of the blocks, which must differ within a story. */
  readonly keyPrefix: string
  /** Where a part is in the source, for people. */
  readonly placeOf: (at: number) => string
}

export function partBlocks(
  parts: readonly Part[],
  found: readonly PartFlag[],
  {keyPrefix, placeOf}: PartPlaces,
): PartBlocks {
  const blocks: NewsBody = []
  const figures = new Map<string, StoryFigure>()
  const flags: StoryFlag[] = []
  const residue: Residue[] = []
  const flag = (
    code: BodyFlagCode,
    at: number,
    evidence: string,
    words = excerpt(evidence),
  ): unknown =>
    flags.push({
      code,
      pointer: placeOf(at),
      message: flagMessage(code, words),
      ...(evidence && {evidence}),
    })
  const keep = (at: number, what: string, text: string | undefined): unknown =>
    text && residue.push({pointer: `${placeOf(at)} ${what}`, text})

  /** A field of plain text holds the words of runs, and their links go beside it. */
  const plain = (runs: readonly Run[], at: number): string => {
    for (const {href} of runs) keep(at, 'link', href)
    return plainText(runs)
  }

  const figureOf = (key: string, part: FigurePart): Extract<Member, {_type: 'figure'}> => {
    const {alt, at, attachment, href, sources, title} = part
    keep(at, 'link of the picture', href)
    keep(at, 'title of the picture', title)
    const caption = plain(part.caption, at)
    const credit = plainWords(part.credit ?? '')
    const figure: StoryFigure = {
      address: sources[0] ?? `attachment:${attachment}`,
      ...(alt && {alt: plainWords(alt)}),
      ...(caption && {caption}),
      credits: [
        ...(credit ? [{text: credit, kind: agencyOr(credit, 'photographer')}] : []),
        ...(part.credits ?? []),
      ],
    }
    figures.set(key, figure)
    return {...figureBlock(figure), _key: key}
  }

  const embed = (key: string, part: EmbedPart): Member[] => {
    const {at, form, title, url} = part
    if (form === 'social') {
      // A post has no caption of its own: its words follow it.
      const below = textBlock(`${key}c`, {kind: 'text', style: 'normal', runs: part.caption, at})
      return [embedBlock(key, part, ''), ...(below ? [below] : [])]
    }
    if (!title) flag('untitledRecording', at, url)
    return [embedBlock(key, part, plain(part.caption, at))]
  }

  const archived = (key: string, {at, name, source, text}: ArchivedPart): Member => {
    const pointer = placeOf(at)
    const evidence = (text.trim() || source).slice(0, EVIDENCE_MAX)
    flag('archived', at, evidence, name)
    return archivedBlock(key, {kind: name, text, source, pointer})
  }

  const pullQuote = (key: string, part: PullQuotePart): Member => {
    const {at, citation} = part
    const words = [plain(part.runs, at), plainWords(citation ?? '')].filter(Boolean)
    return {_type: 'pullQuote', _key: key, text: words.join('\n')}
  }

  const table = (key: string, part: TablePart): Member => {
    const caption = plain(part.caption, part.at)
    const rows = part.rows
      .map(({cells, heading}) => ({heading, cells: cells.map(plainWords)}))
      .filter(({cells}) => cells.some((cell) => cell !== ''))
    for (const href of part.links ?? []) {
      keep(part.at, 'link', href)
      flag('linkInTable', part.at, href)
    }
    return {
      _type: 'table',
      _key: key,
      ...(caption && {caption}),
      rows: rows.map(({cells, heading}, index) => ({
        _type: 'tableRow',
        _key: `${key}r${index + 1}`,
        cells,
        ...(heading && {heading}),
      })),
    }
  }

  const membersOf = (key: string, part: Part): Member[] => {
    switch (part.kind) {
      case 'text': {
        const block = textBlock(key, part)
        return block ? [block] : []
      }
      case 'figure':
        return [figureOf(key, part)]
      case 'gallery': {
        const caption = plain(part.caption, part.at)
        const pictures = part.figures.map((one, index) => figureOf(`${key}g${index + 1}`, one))
        return [{_type: 'gallery', _key: key, pictures, ...(caption && {caption})}]
      }
      case 'embed':
        return embed(key, part)
      case 'pullQuote':
        return [pullQuote(key, part)]
      case 'table':
        return [table(key, part)]
      case 'archived':
        return [archived(key, part)]
      case 'furniture':
        keep(part.at, part.name, part.source)
        return []
    }
  }

  for (const {at, code, evidence} of found) flag(code, at, evidence)
  for (const part of parts) blocks.push(...membersOf(`${keyPrefix}${blocks.length + 1}`, part))
  return {blocks, figures, flags, residue}
}
