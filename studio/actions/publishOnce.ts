/** Document action: “Publish”, the main button of every document. Wraps Sanity’s own. */
import {useToast} from '@sanity/ui/toast'
import {useMemo, useSyncExternalStore} from 'react'
import {
  type DocumentActionComponent,
  isValidationErrorMarker,
  useTranslation,
  useValidationStatus,
} from 'sanity'
import {useDocumentTitle} from 'sanity/structure'

import {readerState} from '../../schemas/documents/article/readerState.ts'
import {textOf} from '../../schemas/untyped.ts'
import {oncePer} from './oncePer.ts'
import {outcomeToast} from './outcomeToast.ts'
import {pressesUnderWay} from './pressesUnderWay.ts'
import {publicationPatches} from './publicationPatches.ts'
import {publishWhenSettled} from './publishWhenSettled.ts'
import {randomKey} from './randomKey.ts'
import {useIsAtRest} from './useIsAtRest.ts'
import {usePublishingDesk} from './usePublishingDesk.ts'

/** How long errors must stay before we trust them: twice the delay before Sanity checks again. */
const REST = 400

/** How long a press may take on a slow machine before the editor gets a time-out message. */
const PATIENCE = 30_000

/**
 * Sanity’s own Publish button, except that a press is never lost: it waits until what was typed is
 * saved, checks it, publishes it and shows the result, or the reason why not. Before publication an
 * article gets its time of first publication and its old address.
 */
export const publishOnce = oncePer((publish: DocumentActionComponent) => {
  const PublishOnce: DocumentActionComponent = (props) => {
    const {id, type, draft, version, release} = props
    const original = publish(props)
    const desk = usePublishingDesk(id, type)
    const {title} = useDocumentTitle()
    const {isValidating, validation} = useValidationStatus(draft?._id ?? id, type, !release)
    const seen = useMemo(
      () => ({draft, isValidating, validation}),
      [draft, isValidating, validation],
    )
    const isAtRest = useIsAtRest(seen, REST)
    const isUnderWay = useSyncExternalStore(pressesUnderWay.subscribe, () =>
      pressesUnderWay.has(id),
    )
    const {push} = useToast()
    const {t} = useTranslation('structure')

    if (!original || !draft || version || release) return original
    const isArticle = type === 'article'
    const errors = validation.filter(isValidationErrorMarker)
    const isRefused = errors.length > 0 && isAtRest && !isValidating
    const first = textOf(draft['firstPublishedAt'])
    const isForLater = isArticle && first !== undefined && Date.parse(first) > Date.now()

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
      push({closable: true, ...outcomeToast(outcome, title || 'The document', readers)})
    }
    return {
      ...original,
      disabled: isUnderWay || (original.disabled && (errors.length === 0 || isRefused)),
      label: isUnderWay
        ? t('action.publish.running.label')
        : isForLater
          ? 'Schedule'
          : original.label,
      onHandle: () => void pressesUnderWay.hold(id, press),
    }
  }
  PublishOnce.action = 'publish'
  PublishOnce.displayName = 'PublishOnce'
  return PublishOnce
})
