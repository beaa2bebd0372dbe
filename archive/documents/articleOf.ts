/**
 * Story → the documents that an import writes for it: its article, and the authors, topics and
 * credits that it names. A pure function. A story that lacks what an article must have becomes a
 * draft: nothing is invented.
 */
import {reference} from '../../seed/documents/reference.ts'
import {hashOf} from '../../seed/identify/ids.ts'
import {slugOf} from '../../seed/identify/slugOf.ts'
import {HEADLINE_MAX, SLUG_MAX} from '../../seed/model/rules.ts'
import {
  type Article,
  type Figure,
  type NewsBody,
  type SeedDocument,
  seedDocument,
} from '../../seed/model/seedDocument.ts'
import {excerpt} from '../../seed/parse/excerpt.ts'
import {damageIn, readableText} from '../../seed/parse/readableText.ts'
import type {SiteProfile} from '../formats/format.ts'
import {figureBlock} from '../html/blocks.ts'
import {mapCredits} from '../mapping/applyMapping.ts'
import type {Mapping} from '../mapping/mapping.ts'
import type {Residue, Story, StoryFigure, StoryFlag} from '../story/story.ts'
import {bodyOf, damageFlag, type StoryLedger} from './bodyOf.ts'
import type {Identities} from './identities.ts'
import {namedDocuments} from './namedDocuments.ts'
import {provenanceOf} from './provenanceOf.ts'

export interface ArchivedStory {
  /** Each after the documents it refers to; the article is the last one. */
  readonly documents: readonly SeedDocument[]
  /** Its `_id` is that of the published document, also if it is to be written as a draft. */
  readonly article: Article
  /** Why it cannot be published as it is; empty for an article. */
  readonly draftBecause: readonly string[]
  readonly flags: readonly StoryFlag[]
  readonly ledger: StoryLedger
  /** The pictures of its body, with the credits of the source. */
  readonly figures: readonly StoryFigure[]
}

const STANDFIRST_MAX = 300

/** Stands for what a draft lacks while the rest of it is checked. */
const STAND_IN = {
  headline: 'Untitled',
  firstPublishedAt: '2000-01-01T00:00:00.000Z',
  section: {_type: 'reference', _ref: 'topic-none'},
}

export function articleIdOf({source}: Story): string {
  return `article-${source.format.toLowerCase()}-${hashOf(16, 'archive', source.format, source.key)}`
}

export function archivedStory(
  story: Story,
  ids: Identities,
  site: SiteProfile,
  mapping?: Mapping,
): ArchivedStory {
  const flags: StoryFlag[] = [...story.flags]
  const residue: Residue[] = [...story.residue]
  const {pointer} = story.source
  const headline = readableText(story.headline).text
  const section =
    story.section ??
    (site.section === undefined ? undefined : {name: site.section, kind: 'section' as const})
  const read = bodyOf(story, {
    base: story.source.urls[0] ?? site.baseUrl,
    furnitureClasses: site.furnitureClasses,
  })
  const body = {...read, figures: withDecisions(read.figures, mapping)}
  const has = {section: section !== undefined, text: body.blocks.length > 0}
  const draftBecause = reasonsForDraft(story, headline, has, flags)
  flags.push(...body.flags)
  residue.push(...body.residue)

  for (const text of [
    story.headline,
    story.standfirst ?? '',
    ...story.names.map((one) => one.text),
  ]) {
    const damage = damageIn(text)
    if (damage !== undefined) flags.push(damageFlag(damage, pointer, text))
  }
  const standfirst = readableText(story.standfirst ?? '').text
  if (standfirst.length > STANDFIRST_MAX) {
    residue.push({pointer: `${pointer} standfirst`, text: story.standfirst ?? ''})
    flags.push({
      code: 'longStandfirst',
      pointer,
      message: `The standfirst is longer than ${STANDFIRST_MAX} characters and was left over. Shorten it and enter it.`,
      evidence: story.standfirst,
    })
  }
  const named = namedDocuments(story, section, body.figures, ids, flags)
  const figureOf = (figure: StoryFigure): Figure => ({
    ...figureBlock(figure),
    ...(figure.credits.length > 0 && {
      credits: figure.credits.map((credit, index) => ({
        _type: 'creditLine' as const,
        _key: `c${index + 1}`,
        credit: reference(ids.credit(credit)),
        role: credit.kind === 'photographer' ? ('photographer' as const) : ('agency' as const),
      })),
    }),
  })
  const credited = <Block extends {_key: string}>(
    block: Block,
  ): Block | (Figure & {_key: string}) => {
    const figure = body.figures.get(block._key)
    return figure ? {...figureOf(figure), _key: block._key} : block
  }
  const withCredits: NewsBody = body.blocks.map((block) =>
    block._type === 'gallery'
      ? {...block, pictures: block.pictures.map(credited)}
      : credited(block),
  )
  const written = {
    _id: articleIdOf(story),
    _type: 'article' as const,
    ...(headline && {headline}),
    slug: {_type: 'slug' as const, current: slugOfStory(story)},
    articleType: 'news' as const,
    ...(story.kicker && {kicker: readableText(story.kicker).text}),
    ...(story.shortHeadline && {shortHeadline: readableText(story.shortHeadline).text}),
    ...(standfirst && standfirst.length <= STANDFIRST_MAX && {standfirst}),
    ...(named.byline.length > 0 && {byline: named.byline}),
    ...(story.bylineText && {bylineText: readableText(story.bylineText).text}),
    ...timesOf(story),
    ...(story.dateline && {dateline: {_type: 'dateline', text: readableText(story.dateline).text}}),
    ...(named.section && {section: reference(named.section)}),
    ...(withCredits.length > 0 && {body: withCredits}),
    ...(story.lead && {leadMedia: figureOf(story.lead)}),
    ...(named.topics.length > 0 && {
      topics: named.topics.map((id, index) => ({...reference(id), _key: `t${index + 1}`})),
    }),
    ...creditsOf(story, ids),
    ...correctionsOf(story),
    ...filled('seo', story.seo),
    ...filled('social', story.social),
    ...rightsOf(story, ids),
    ...(story.language && {language: story.language}),
    access: story.access,
    pubStatus: story.status === 'withheld' ? ('withheld' as const) : ('usable' as const),
    ...(story.oldAddresses.length > 0 && {formerAddresses: [...new Set(story.oldAddresses)]}),
    ...(story.deskNotes && {deskNotes: story.deskNotes}),
    provenance: provenanceOf(story, flags, residue, body.normalisations),
  }
  const article = onlyArticle(ids.withOwnSlug(checked(written, draftBecause.length > 0)))
  const names = named.documents.map((one) => seedDocument.parse(ids.withOwnSlug(one)))
  return {
    article,
    documents: [...names, article],
    draftBecause,
    flags,
    ledger: body.ledger,
    figures: [...read.figures.values()],
  }
}

function withDecisions(
  figures: ReadonlyMap<string, StoryFigure>,
  mapping: Mapping | undefined,
): ReadonlyMap<string, StoryFigure> {
  if (!mapping) return figures
  return new Map(
    [...figures].map(([key, figure]) => [
      key,
      {...figure, credits: mapCredits(figure.credits, mapping)},
    ]),
  )
}

function reasonsForDraft(
  story: Story,
  headline: string,
  has: {readonly section: boolean; readonly text: boolean},
  flags: StoryFlag[],
): string[] {
  const reasons: string[] = []
  if (story.status === 'draft') reasons.push('it was not published in the former system')
  const lacks = (code: string, what: string, advice: string, evidence?: string): void => {
    reasons.push(`it has ${what}`)
    flags.push({
      code,
      pointer: story.source.pointer,
      message: `The story has ${what}, so it is a draft. ${advice}`,
      ...(evidence && {evidence}),
    })
  }
  if (headline === '') lacks('noHeadline', 'no headline', 'Write one.')
  if (headline.length > HEADLINE_MAX) {
    lacks(
      'longHeadline',
      `a headline of more than ${HEADLINE_MAX} characters`,
      'Shorten it.',
      story.headline,
    )
  }
  if (story.status !== 'draft' && !story.times.first?.instant) {
    const raw = story.times.first?.raw
    lacks(
      'noTime',
      'no time of publication that can be read',
      'Set it, or name the time zone in site.json.',
      raw,
    )
  }
  if (!has.section) lacks('noSection', 'no section', 'Choose one, or name one in site.json.')
  if (!has.text) lacks('noText', 'no text', 'Write it, or delete the draft.')
  return reasons
}

/** The model refuses what must not be written; of a draft, what it has is checked. */
function checked(written: Record<string, unknown>, isDraft: boolean): Article {
  const long = typeof written['headline'] === 'string' && written['headline'].length > HEADLINE_MAX
  const whole = isDraft
    ? {
        ...STAND_IN,
        body: [{_type: 'archivedBlock', _key: 'none', kind: 'none', source: 'none'}],
        ...written,
        ...(long && {headline: STAND_IN.headline}),
      }
    : written
  const parsed = onlyArticle(seedDocument.parse(whole))
  if (!isDraft) return parsed
  return partOf(parsed, written)
}

function onlyArticle(document: SeedDocument): Article {
  if (document._type !== 'article') throw new Error('An article became another document.')
  return document
}

/** The fields of a checked article that the story has. */
function partOf(parsed: Article, written: Record<string, unknown>): Article {
  const article = {...parsed}
  for (const field of ['headline', 'firstPublishedAt', 'section', 'body'] as const) {
    if (written[field] === undefined) Reflect.deleteProperty(article, field)
  }
  if (typeof written['headline'] === 'string') article.headline = written['headline']
  return article
}

/** As in the former system, where that is a slug of ours; otherwise from the headline. */
export function slugOfStory({headline, slug, source}: Story): string {
  const kept =
    slug !== undefined && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= SLUG_MAX
  return (kept ? slug : slugOf(slug ?? readableText(headline).text)) || hashOf(12, source.key)
}

function timesOf({times}: Story) {
  const {embargo, expires, first, updated} = times
  return {
    ...(first?.instant && {firstPublishedAt: first.instant}),
    ...(updated?.instant && {updatedAt: updated.instant}),
    ...(embargo?.instant && {embargoUntil: embargo.instant}),
    ...(expires?.instant && {expiresAt: expires.instant}),
  }
}

function creditsOf({credits}: Story, ids: Identities) {
  if (credits.length === 0) return {}
  const lines = credits.map((credit, index) => ({
    _type: 'creditLine' as const,
    _key: `s${index + 1}`,
    credit: reference(ids.credit(credit)),
    role: credit.kind === 'agency' ? ('agency' as const) : ('source' as const),
  }))
  return {credits: lines}
}

/** A correction without a time cannot be in the record of corrections; readers of formats flag it. */
function correctionsOf({corrections}: Story) {
  const timed = corrections.flatMap(({kind, text, time}, index) =>
    time.instant === undefined
      ? []
      : {
          _type: 'correction' as const,
          _key: `k${index + 1}`,
          kind,
          text,
          madeAt: time.instant,
          show: 'end' as const,
        },
  )
  return timed.length > 0 ? {corrections: timed} : {}
}

function rightsOf({rights}: Story, ids: Identities) {
  const fields = {
    ...(rights?.notice && {notice: rights.notice}),
    ...(rights?.terms && {terms: rights.terms}),
    ...(rights?.holder && {holder: reference(ids.credit(rights.holder))}),
  }
  return Object.keys(fields).length > 0 ? {rights: {_type: 'rights' as const, ...fields}} : {}
}

function filled(type: 'seo' | 'social', value: Story['seo'] | Story['social']) {
  const fields = Object.entries(value ?? {}).filter(([, field]) => field !== undefined)
  return fields.length > 0 ? {[type]: {_type: type, ...Object.fromEntries(fields)}} : {}
}

/** For messages: which story. */
export function titleOf({headline, source}: Story): string {
  return headline === '' ? source.pointer : excerpt(headline)
}
