/** What an editor reads about a flag of the body: what was found, and what to do. */
import type {PartFlagCode} from './part.ts'

/** Of the parts, and of what their blocks cannot hold. */
export type BodyFlagCode = PartFlagCode | 'archived' | 'linkInTable' | 'untitledRecording'

/** `words` are those of the source, shortened. */
export function flagMessage(code: BodyFlagCode, words: string): string {
  switch (code) {
    case 'unsafeLink':
      return `The link to ${words} was left out, because it is not safe. Its words are kept.`
    case 'relativeLink':
      return `The link to ${words} was left out, because the address of its page is not known. Its words are kept. Set "baseUrl" in site.json, or enter the link.`
    case 'splitParagraph':
      return `A paragraph was cut in two by ${words}. Check whether its halves belong together.`
    case 'addedQuotationMarks':
      return `The quotation marks around ${words} were added: the source marks a quotation, and browsers show the marks.`
    case 'leftOutByMarkup':
      return `A part of the page was left out of the story: ${words}. Check that it does not belong to the story.`
    case 'unknownMarkup':
      return `The import does not know the markup ${words}. Its words are kept.`
    case 'unknownShortcode':
      return `The import does not know the shortcode ${words}. The words inside it are kept.`
    case 'perhapsShortcode':
      return `${words} may be a shortcode. It is kept as text; remove it if readers should not see it.`
    case 'brokenBlock':
      return `The block ${words} is not closed, closes nothing, or has attributes that cannot be read. Its words are kept; check their order.`
    case 'citation':
      return `${words} is marked as a citation or a credit. Its words are kept in the text: enter the speaker or the credit.`
    case 'pictureWithoutAddress':
      return `A picture was left out, because its address is missing: ${words}. Find it and add it.`
    case 'missingAttachment':
      return `The archive has no picture with the id ${words}. Import the file with the attachments too.`
    case 'archived':
      return `The import does not read ${words}. It is kept as an archived block, which readers do not see.`
    case 'untitledRecording':
      return `The source has no title for ${words}. Say in a few words what is seen or heard.`
    case 'linkInTable':
      return `The link to ${words} in a table was left out: cells hold text only.`
  }
}
