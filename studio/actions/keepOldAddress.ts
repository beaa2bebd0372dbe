/**
 * Document action: “Keep the old web address”, in the menu of an article’s version in a release.
 */
import {LinkIcon} from '@sanity/icons/Link'
import {type DocumentActionComponent, useDocumentOperation} from 'sanity'

import {randomKey} from './randomKey.ts'
import {retireAddress, slugOf} from './retireAddress.ts'

/**
 * For a version in a release, which is published without the Publish button: keeps the address that
 * readers know. Shown only when the address has changed and the old one is not kept yet.
 */
export const keepOldAddress: DocumentActionComponent = ({
  id,
  type,
  version,
  published,
  scopeId,
}) => {
  const {patch} = useDocumentOperation(id, type, scopeId)
  if (!version) return null
  const patches = retireAddress(version, published, new Date(), randomKey)
  if (patches.length === 0 || keeps(version['previousSlugs'], published)) return null
  return {
    label: 'Keep the old web address',
    icon: LinkIcon,
    disabled: Boolean(patch.disabled),
    title: 'Old links will redirect to the story when the release is published',
    onHandle: () => patch.execute(patches),
  }
}

const keeps = (retired: unknown, published: Record<string, unknown> | null): boolean =>
  Array.isArray(retired) && retired.some((item) => item?.slug === slugOf(published))

keepOldAddress.displayName = 'KeepOldAddress'
