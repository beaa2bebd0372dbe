/** Document action: “Publish”, the main button of every document. Wraps Sanity’s own. */
import {useMemo, useSyncExternalStore} from 'react'
import {
  type DocumentActionComponent,
  isValidationErrorMarker,
  useTranslation,
  useValidationStatus,
} from 'sanity'
import {useDocumentTitle} from 'sanity/structure'

import {textOf} from '../../schemas/untyped.ts'
import {oncePer} from './oncePer.ts'
import {pressesUnderWay} from './pressesUnderWay.ts'
import {useIsAtRest} from './useIsAtRest.ts'
import {usePress} from './usePress.ts'

/** How long errors must stay before we trust them: twice the delay before Sanity checks again. */
const REST = 400

/**
 * Sanity’s own Publish button, except that a press is never lost: it waits until what was typed is
 * saved, checks it, publishes it and shows the result, or the reason why not. Before publication an
 * article gets its time of first publication and its old address.
 */
export const publishOnce = oncePer((publish: DocumentActionComponent) => {
  const PublishOnce: DocumentActionComponent = (props) => {
    const {id, type, draft, version, release} = props
    const original = publish(props)
    const {title} = useDocumentTitle()
    const press = usePress(id, type, title || 'The document')
    const {isValidating, validation} = useValidationStatus(draft?._id ?? id, type, !release)
    const seen = useMemo(
      () => ({draft, isValidating, validation}),
      [draft, isValidating, validation],
    )
    const isAtRest = useIsAtRest(seen, REST)
    const isUnderWay = useSyncExternalStore(pressesUnderWay.subscribe, () =>
      pressesUnderWay.has(id),
    )
    const {t} = useTranslation('structure')

    if (!original || !draft || version || release) return original
    const errors = validation.filter(isValidationErrorMarker)
    const isRefused = errors.length > 0 && isAtRest && !isValidating
    const first = textOf(draft['firstPublishedAt'])
    const isForLater = type === 'article' && first !== undefined && Date.parse(first) > Date.now()

    return {
      ...original,
      disabled: isUnderWay || (original.disabled && (errors.length === 0 || isRefused)),
      label: isUnderWay
        ? t('action.publish.running.label')
        : isForLater
          ? 'Schedule'
          : original.label,
      onHandle: press,
    }
  }
  PublishOnce.action = 'publish'
  PublishOnce.displayName = 'PublishOnce'
  return PublishOnce
})
