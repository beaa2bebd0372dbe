import type {Reference, ValidationContext} from 'sanity'

import {draftsClient} from './clients.ts'

/** Navigation is built from sections: a story filed under a person would be lost. */
export const sectionIsSection = async (
  value: Reference | undefined,
  context: ValidationContext,
) => {
  if (!value?._ref) return true
  const topic = await draftsClient(context).fetch<{kind: string; name: string} | null>(
    '*[_id == $id][0]{kind, name}',
    {id: value._ref},
  )
  return (
    topic === null ||
    topic.kind === 'section' ||
    `Choose a section: “${topic.name}” is a topic of another kind.`
  )
}
