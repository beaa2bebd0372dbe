import {useEffect, useState} from 'react'
import {
  type DocumentActionComponent,
  isValidationErrorMarker,
  useDocumentOperation,
  useValidationStatus,
} from 'sanity'

import {oncePer} from './oncePer.ts'
import {publicationPatches} from './publicationPatches.ts'
import {randomKey} from './randomKey.ts'

/**
 * Sanity’s own Publish, which first writes what publication means: the stamp of the first time, and
 * the retired address. An article that lacks nothing but the stamp may be published; the check runs
 * again on the stamped draft before it goes out.
 */
export const publishArticle = oncePer((publish: DocumentActionComponent) => {
  const PublishArticle: DocumentActionComponent = (props) => {
    const {id, type, draft, published, release} = props
    const original = publish(props)
    const {patch} = useDocumentOperation(id, type)
    const {validation} = useValidationStatus(draft?._id ?? id, type, !release)
    const [stamping, setStamping] = useState(false)

    const errors = validation.filter(isValidationErrorMarker)
    const otherErrors = errors.some(({path}) => path[0] !== 'firstPublishedAt')
    const onlyLacksStamp = errors.length > 0 && !otherErrors && !draft?.['firstPublishedAt']

    useEffect(() => {
      if (!stamping || !original || (original.disabled && !otherErrors)) return
      setStamping(false)
      if (!original.disabled) void original.onHandle?.()
    }, [stamping, otherErrors, original])

    if (!original || !draft || release) return original
    return {
      ...original,
      disabled: stamping || (original.disabled && !onlyLacksStamp),
      title: onlyLacksStamp ? 'Stamps the time of first publication' : original.title,
      onHandle: () => {
        const patches = publicationPatches(draft, published, new Date(), randomKey)
        if (patches.length > 0) patch.execute(patches)
        if (onlyLacksStamp) setStamping(true)
        else void original.onHandle?.()
      },
    }
  }
  PublishArticle.action = 'publish'
  PublishArticle.displayName = 'PublishArticle'
  return PublishArticle
})
