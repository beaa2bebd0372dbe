/** A story with the decisions of editors about its names. What they take out stays as residue. */
import {readableText} from '../../seed/parse/readableText.ts'
import type {Story, StoryName, StoryTerm} from '../story/story.ts'
import {type Decision, type Mapping, PRINTED} from './mapping.ts'

type Credit = Story['credits'][number]

export function applyMapping(story: Story, mapping: Mapping): Story {
  const residue = [...story.residue]
  const drop = (what: string, text: string): void => {
    residue.push({pointer: `${story.source.pointer} ${what}`, text})
  }
  const names = story.names.flatMap((name): StoryName[] => {
    const decision = mapping.decision('authors', name.text, name.sourceId)
    if (decision?.kind === 'ignore') drop('author', name.text)
    return decided(name, decision, (text) => ({text, role: name.role, kind: name.kind}))
  })
  const byline = story.bylineText
  const printed = byline === undefined ? undefined : mapping.decision('authors', byline, PRINTED)
  if (byline !== undefined && printed) {
    drop('byline', byline)
    if (printed.kind === 'document') {
      names.push({text: byline, documentId: printed.id, role: 'writer', kind: 'person'})
    }
    if (printed.kind === 'split') {
      names.push(
        ...printed.names.map((text) => ({text, role: 'writer' as const, kind: 'person' as const})),
      )
    }
  }
  const topics = story.topics.flatMap((term) => {
    const decision = mapping.decision('topics', term.name, term.sourceId)
    if (decision?.kind === 'ignore') drop('topic', term.name)
    return decided(term, decision, (name) => ({name, kind: term.kind}))
  })
  const {bylineText: _printed, section: _section, ...rest} = story
  const section = sectionOf(story, mapping)
  if (story.section && !section) drop('section', story.section.name)
  return {
    ...rest,
    names,
    ...(byline !== undefined && !printed && {bylineText: byline}),
    // A topic that becomes the section is no longer a topic.
    topics:
      story.section || !section ? topics : topics.filter((term) => !isSameTerm(term, section)),
    ...(section && {section}),
    credits: mapCredits(story.credits, mapping),
    ...(story.lead && {lead: {...story.lead, credits: mapCredits(story.lead.credits, mapping)}}),
    proposals: printed ? story.proposals.filter(({field}) => field !== 'byline') : story.proposals,
    residue,
  }
}

/** The credits of a picture or story; one that is ignored is gone. */
export function mapCredits(credits: readonly Credit[], mapping: Mapping): Credit[] {
  return credits.flatMap((credit) =>
    decided(credit, mapping.decision('credits', credit.text), (text) => ({
      text,
      kind: credit.kind,
    })),
  )
}

function decided<Thing extends object>(
  thing: Thing,
  decision: Decision | undefined,
  named: (name: string) => Thing,
): Thing[] {
  if (!decision) return [thing]
  if (decision.kind === 'ignore') return []
  if (decision.kind === 'split') return decision.names.map(named)
  return [{...thing, documentId: decision.id}]
}

/** The section as decided; for a story without one, the first of its topics that a row names. */
function sectionOf(story: Story, mapping: Mapping): StoryTerm | undefined {
  const candidates = story.section ? [story.section] : story.topics
  for (const term of candidates) {
    const decision = mapping.decision('sections', term.name, term.sourceId)
    if (decision?.kind === 'document') return {...term, documentId: decision.id}
    if (decision?.kind === 'split') {
      const [name] = decision.names
      if (name) return {name}
    }
    if (!decision && story.section) return story.section
  }
  return undefined
}

function isSameTerm(a: StoryTerm, b: StoryTerm): boolean {
  if (a.sourceId !== undefined || b.sourceId !== undefined) return a.sourceId === b.sourceId
  return readableText(a.name).text === readableText(b.name).text
}
