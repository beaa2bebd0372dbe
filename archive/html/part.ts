/**
 * What HTML becomes on its way to the body of a story: a list of parts that together hold all text
 * of the source, each letter once and in order. Readers of formats make it; nothing here knows of
 * documents or of Sanity.
 */

export type Mark = 'strong' | 'em' | 'underline' | 'strike' | 'sub' | 'sup' | 'code'

/** Text with the same marks. A line break is `\n`. */
export interface Run {
  readonly text: string
  readonly marks: readonly Mark[]
  /** An absolute address with a permitted scheme. */
  readonly href?: string
  /** Not in the source: quotation marks that a browser puts around `<q>`. */
  readonly added?: true
}

interface Placed {
  /** Where the part begins in the source, in UTF-16 units. */
  readonly at: number
}

export type TextStyle = 'normal' | 'heading' | 'blockquote' | 'preformatted'

export interface TextPart extends Placed {
  readonly kind: 'text'
  readonly style: TextStyle
  /** Of a heading: 1 to 6, as in the source. */
  readonly level?: number
  readonly list?: {readonly kind: 'bullet' | 'number'; readonly level: number}
  readonly runs: readonly Run[]
}

export interface PictureCredit {
  readonly text: string
  readonly kind: 'agency' | 'organisation' | 'photographer'
}

export interface FigurePart extends Placed {
  readonly kind: 'figure'
  /** Addresses of the picture as the source has them, the best first. */
  readonly sources: readonly string[]
  /** The id that the source's system gave to the picture. */
  readonly attachment?: string
  readonly alt?: string
  readonly caption: readonly Run[]
  /** Words in the figure that an element marks as the credit. */
  readonly credit?: string
  /** Credits that the source keeps beside the text. */
  readonly credits?: readonly PictureCredit[]
  /** Shown when the pointer rests on the picture. */
  readonly title?: string
  /** Where a click on the picture leads, unless it is the picture itself. */
  readonly href?: string
}

export interface GalleryPart extends Placed {
  readonly kind: 'gallery'
  readonly figures: readonly FigurePart[]
  readonly caption: readonly Run[]
}

/** Where a recording or post is: one of the providers of the content model, `own` for a file. */
export type Player =
  | {readonly form: 'video'; readonly provider: 'youtube' | 'vimeo' | 'dailymotion' | 'own'}
  | {readonly form: 'audio'; readonly provider: 'spotify' | 'apple' | 'soundcloud' | 'own'}
  | {
      readonly form: 'social'
      readonly provider:
        | 'x'
        | 'bluesky'
        | 'facebook'
        | 'instagram'
        | 'reddit'
        | 'threads'
        | 'tiktok'
    }

interface EmbedFields extends Placed {
  readonly kind: 'embed'
  readonly url: string
  readonly title?: string
  /** The words of a post on a social network, as the page has them. */
  readonly text?: string
  readonly caption: readonly Run[]
  /** The address as the source prints it, where it is text: the embed stands for it. */
  readonly printed?: string
}

export type EmbedPart = EmbedFields & Player

export interface PullQuotePart extends Placed {
  readonly kind: 'pullQuote'
  readonly runs: readonly Run[]
  /** Who is cited, as printed. */
  readonly citation?: string
}

export interface TablePart extends Placed {
  readonly kind: 'table'
  readonly rows: readonly {readonly heading: boolean; readonly cells: readonly string[]}[]
  readonly caption: readonly Run[]
  /** Whether the caption follows the rows in the source. */
  readonly captionBelow?: true
  /** Addresses of links in the cells, which hold text only. */
  readonly links?: readonly string[]
}

/** Something that has no place in a body: kept letter for letter, shown to editors only. */
export interface ArchivedPart extends Placed {
  readonly kind: 'archived'
  /** What it is: `iframe`, `wp:latest-posts`, `[contact-form-7]`. */
  readonly name: string
  readonly source: string
  readonly text: string
}

/** Left out because its element says that it is no part of the story, never because of its words. */
export interface FurniturePart extends Placed {
  readonly kind: 'furniture'
  readonly name: string
  readonly source: string
  readonly text: string
}

export type Part =
  | TextPart
  | FigurePart
  | GalleryPart
  | EmbedPart
  | PullQuotePart
  | TablePart
  | ArchivedPart
  | FurniturePart

/** What an editor should look at, with its evidence. */
export interface PartFlag extends Placed {
  readonly code: PartFlagCode
  /** The words or the markup of the source. */
  readonly evidence: string
}

export type PartFlagCode =
  | 'unsafeLink'
  | 'relativeLink'
  | 'splitParagraph'
  | 'addedQuotationMarks'
  | 'leftOutByMarkup'
  | 'unknownMarkup'
  | 'unknownShortcode'
  | 'perhapsShortcode'
  | 'brokenBlock'
  | 'citation'
  | 'pictureWithoutAddress'
  | 'missingAttachment'

export interface Parts {
  readonly parts: readonly Part[]
  readonly flags: readonly PartFlag[]
}

export interface Imbalance {
  /** The source from the first difference on, without white space. */
  readonly expected: string
  /** What the parts have there. */
  readonly found: string
}

/** The parts of a body, with what its ledger needs. */
export interface ReadParts extends Parts {
  /** What the places in the parts count from. */
  readonly source: string
  /** Where text of the source is in no part, or in two: a fault of the reader. */
  readonly imbalances: readonly Imbalance[]
}

export const runText = (runs: readonly Run[]): string =>
  runs.map(({text, added}) => (added ? '' : text)).join('')

/** The text of the source that a part holds. */
export function partText(part: Part): string {
  switch (part.kind) {
    case 'text':
      return runText(part.runs)
    case 'figure':
      return runText(part.caption) + (part.credit ?? '')
    case 'gallery':
      return part.figures.map(partText).join('') + runText(part.caption)
    case 'embed':
      return (part.printed ?? '') + (part.text ?? '') + runText(part.caption)
    case 'pullQuote':
      return runText(part.runs) + (part.citation ?? '')
    case 'table': {
      const rows = part.rows.flatMap(({cells}) => cells).join('')
      const caption = runText(part.caption)
      return part.captionBelow ? rows + caption : caption + rows
    }
    case 'archived':
    case 'furniture':
      return part.text
  }
}
