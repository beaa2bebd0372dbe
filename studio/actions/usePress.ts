/** Publish button and “Retract…”: a hook that publishes a document and shows the outcome. */
import {useToast} from '@sanity/ui/toast'

import {readerState} from '../../schemas/documents/article/readerState.ts'
import {outcomeToast} from './outcomeToast.ts'
import {pressesUnderWay} from './pressesUnderWay.ts'
import {publicationPatches} from './publicationPatches.ts'
import {publishWhenSettled} from './publishWhenSettled.ts'
import {randomKey} from './randomKey.ts'
import {usePublishingDesk} from './usePublishingDesk.ts'

/** How long a press may take on a slow machine before the editor gets a time-out message. */
const PATIENCE = 30_000

/**
 * A function that publishes the document, with what publishing fills in, and shows a message when it
 * has ended. It continues after the form has closed.
 * @param title of the document, for the message
 */
export const usePress = (id: string, type: string, title: string): (() => void) => {
  const desk = usePublishingDesk(id, type)
  const {push} = useToast()
  const isArticle = type === 'article'

  const press = async (): Promise<void> => {
    const outcome = await publishWhenSettled(
      desk,
      (...states) => (isArticle ? publicationPatches(...states, new Date(), randomKey) : []),
      AbortSignal.timeout(PATIENCE),
    )
    const readers =
      isArticle && outcome.is === 'published'
        ? readerState(outcome.document, true, Date.now())
        : undefined
    push({closable: true, ...outcomeToast(outcome, title, readers)})
  }
  return () => void pressesUnderWay.hold(id, press)
}
