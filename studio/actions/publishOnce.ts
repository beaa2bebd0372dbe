import {useToast} from '@sanity/ui/toast'
import {useMemo, useSyncExternalStore} from 'react'
import {
  type DocumentActionComponent,
  isValidationErrorMarker,
  useTranslation,
  useValidationStatus,
} from 'sanity'
import {useDocumentTitle} from 'sanity/structure'

import {oncePer} from './oncePer.ts'
import {outcomeToast} from './outcomeToast.ts'
import {pressesUnderWay} from './pressesUnderWay.ts'
import {publicationPatches} from './publicationPatches.ts'
import {publishWhenSettled} from './publishWhenSettled.ts'
import {randomKey} from './randomKey.ts'
import {useIsAtRest} from './useIsAtRest.ts'
import {usePublishingDesk} from './usePublishingDesk.ts'

/** How long errors must stand to be believed: twice the time Sanity waits before a new check. */
const REST = 400

/** How long a press may take on a slow machine before its editor is told that nothing came of it. */
const PATIENCE = 30_000

/**
 * Sanity’s own Publish button with a press that is never lost: it waits for what was typed, checks
 * it, publishes it and says so, or says why not. An article gets what publication means written
 * first: the stamp of the first time, and the retired address; one that lacks nothing but the stamp
 * may be published.
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
    const lacksStamp = isArticle && !draft['firstPublishedAt']
    const onlyLacksStamp =
      lacksStamp && errors.every(({path}) => path[0] === 'firstPublishedAt') && errors.length > 0
    const isRefused = errors.length > 0 && isAtRest && !isValidating && !onlyLacksStamp

    const press = async (): Promise<void> => {
      const outcome = await publishWhenSettled(
        desk,
        (...states) => (isArticle ? publicationPatches(...states, new Date(), randomKey) : []),
        AbortSignal.timeout(PATIENCE),
      )
      push({closable: true, ...outcomeToast(outcome, title || 'The document')})
    }
    return {
      ...original,
      disabled: isUnderWay || (original.disabled && (errors.length === 0 || isRefused)),
      label: isUnderWay ? t('action.publish.running.label') : original.label,
      title: onlyLacksStamp ? 'Stamps the time of first publication' : original.title,
      onHandle: () => void pressesUnderWay.hold(id, press),
    }
  }
  PublishOnce.action = 'publish'
  PublishOnce.displayName = 'PublishOnce'
  return PublishOnce
})
