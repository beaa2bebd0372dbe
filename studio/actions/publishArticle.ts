import {useToast} from '@sanity/ui/toast'
import {useEffect, useMemo, useState} from 'react'
import {
  type DocumentActionComponent,
  isValidationErrorMarker,
  useDocumentOperation,
  useSyncState,
  useTranslation,
  useValidationStatus,
} from 'sanity'

import {oncePer} from './oncePer.ts'
import {pressOutcome} from './pressOutcome.ts'
import {publicationPatches} from './publicationPatches.ts'
import {randomKey} from './randomKey.ts'
import {useIsAtRest} from './useIsAtRest.ts'

/** How long a check must stand to be believed: twice the time Sanity waits before a new one. */
const REST = 400

/**
 * Sanity’s own Publish, which first writes what publication means: the stamp of the first time, and
 * the retired address. An article that lacks nothing but the stamp may be published. One press is
 * enough: it waits for what was typed to be saved and checked, and only then goes out or is refused.
 */
export const publishArticle = oncePer((publish: DocumentActionComponent) => {
  const PublishArticle: DocumentActionComponent = (props) => {
    const {id, type, draft, published, release} = props
    const original = publish(props)
    const {patch} = useDocumentOperation(id, type)
    const {isSyncing} = useSyncState(id, type)
    const {isValidating, revision, validation} = useValidationStatus(
      draft?._id ?? id,
      type,
      !release,
    )
    const seen = useMemo(
      () => ({draft, isSyncing, isValidating, revision, validation}),
      [draft, isSyncing, isValidating, revision, validation],
    )
    const isAtRest = useIsAtRest(seen, REST)
    const [press, setPress] = useState<{readonly writesOver?: typeof draft}>()
    const {push} = useToast()
    const {t} = useTranslation('structure')

    const errors = validation.filter(isValidationErrorMarker)
    const onlyLacksStamp =
      errors.length > 0 &&
      !draft?.['firstPublishedAt'] &&
      errors.every(({path}) => path[0] === 'firstPublishedAt')
    const outcome =
      press &&
      pressOutcome({
        isWritten: !press.writesOver || press.writesOver !== draft,
        isSaved: !isSyncing,
        isChecked: !isValidating && revision === draft?._rev,
        isAtRest,
        hasErrors: errors.length > 0,
        isOffered: Boolean(original && !original.disabled),
      })

    useEffect(() => {
      if (!outcome || outcome === 'wait') return
      setPress(undefined)
      if (outcome === 'publish') void original?.onHandle?.()
      else {
        push({
          status: 'error',
          title: t('action.publish.validation-issues-toast.title'),
          description: t('action.publish.validation-issues-toast.description'),
        })
      }
    }, [outcome, original, push, t])

    if (!original || !draft || release) return original
    return {
      ...original,
      disabled: Boolean(press) || (original.disabled && !onlyLacksStamp),
      label: press ? t('action.publish.validation-in-progress.label') : original.label,
      title: onlyLacksStamp ? 'Stamps the time of first publication' : original.title,
      onHandle: () => {
        const patches = publicationPatches(draft, published, new Date(), randomKey)
        if (patches.length > 0) patch.execute(patches)
        setPress(patches.length > 0 ? {writesOver: draft} : {})
      },
    }
  }
  PublishArticle.action = 'publish'
  PublishArticle.displayName = 'PublishArticle'
  return PublishArticle
})
