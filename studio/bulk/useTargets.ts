/** The tool “Stories”: hooks for the sections, topics and releases to choose from. */
import {useActiveReleases} from 'sanity'

import {records, textOf} from '../../schemas/untyped.ts'
import type {Choice} from '../form/choices/choices.ts'
import {useListening} from '../listening/useListening.ts'

const TOPICS = `*[_type == "topic" && !defined(mergedInto)] | order(name asc)
  {"value": _id, "title": name, kind}`

/** The published topics by their names, and the releases that are not out yet. */
export const useTargets = () => {
  const topics = records(useListening(TOPICS, {}, 'published').answer).map((topic) => ({
    value: textOf(topic['value']) ?? '',
    title: textOf(topic['title']) ?? 'Untitled',
    isSection: topic['kind'] === 'section',
  }))
  const releases = useActiveReleases().data.map(({name, metadata}): Choice => ({
    value: name,
    title: metadata.title ?? 'Untitled',
  }))
  return {sections: topics.filter(({isSection}) => isSection), topics, releases}
}
