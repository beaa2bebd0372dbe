import type {ValidationContext} from 'sanity'

import {isRecord} from '../untyped.ts'
import {ownId, rawClient} from './clients.ts'

const holderQuery = `*[
  _type == "topic" && !sanity::versionOf($self) && !defined(mergedInto)
  && count(externalIds[scheme == $scheme && value == $value]) > 0
][0].name`

/** Two topics with one id are probably one topic. */
export const externalIdIsFree = async (value: string | undefined, context: ValidationContext) => {
  const scheme = isRecord(context.parent) ? context.parent['scheme'] : undefined
  if (!value || !scheme) return true
  const holder = await rawClient(context).fetch<string | null>(holderQuery, {
    self: ownId(context),
    scheme,
    value,
  })
  return holder === null || `“${holder}” has this id too: merge the two topics, or mend the id.`
}
