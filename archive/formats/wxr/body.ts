/** The body of a post, with what the export says about its pictures. */
import type {FigurePart, Part, PartFlag, ReadParts} from '../../html/part.ts'
import {isOfClass} from '../../html/readHtml.ts'
import type {SiteProfile} from '../format.ts'
import {contentParts} from './content.ts'
import type {ExportIndex} from './exportIndex.ts'

export function readContent(
  content: string,
  base: string | undefined,
  index: ExportIndex,
  site: SiteProfile,
): ReadParts {
  const found = contentParts(content, {
    ...(base !== undefined && {base}),
    isFurniture: isOfClass(site.furnitureClasses),
    shortcodes: new Set(site.shortcodes),
    sharedBlock: index.sharedBlock,
  })
  const missing: PartFlag[] = []
  const complete = (figure: FigurePart): FigurePart => {
    const {attachment, sources} = figure
    const picture =
      (attachment === undefined ? undefined : index.attachment(attachment)) ??
      sources.map((url) => index.attachmentAt(url)).find(Boolean)
    if (!picture) {
      if (sources.length === 0 && attachment !== undefined) {
        missing.push({code: 'missingAttachment', evidence: attachment, at: figure.at})
      }
      return figure
    }
    const {alt, caption, credits, url} = picture
    // A gallery shows the caption that is kept with the picture.
    const isById = sources.length === 0
    return {
      ...figure,
      sources: [...new Set([url, ...sources])],
      ...(alt && !figure.alt && {alt}),
      ...(isById && caption && {caption: [{text: caption, marks: [], added: true}]}),
      ...(credits.length > 0 && {credits}),
    }
  }
  const parts = found.parts.map((part): Part => {
    if (part.kind === 'figure') return complete(part)
    return part.kind === 'gallery' ? {...part, figures: part.figures.map(complete)} : part
  })
  const {flags, imbalances} = found
  return {parts, flags: [...flags, ...missing], imbalances, source: content}
}
