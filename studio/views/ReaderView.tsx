/** The “Preview” tab of an article: how the story reads. Its parts are in `reader`. */
import {PortableText} from '@portabletext/react'
import type {UserViewComponent} from 'sanity/structure'

import {newsroomTimeAndDay} from '../../schemas/newsroomTime.ts'
import {records, refOf, textOf} from '../../schemas/untyped.ts'
import {blocks, bodyComponents} from './reader/bodyComponents.tsx'
import {FigureView} from './reader/FigureView.tsx'
import {Page} from './reader/Page.ts'
import {useReferredNames} from './reader/useReferredNames.ts'

/** A preview of the article from the form's current values, published or not, complete or not. */
export const ReaderView: UserViewComponent = ({document: {displayed: article}}) => {
  const names = useReferredNames(article)
  const corrections = records(article['corrections'])
  const published = textOf(article['firstPublishedAt'])
  const updated = textOf(article['updatedAt'])
  const kicker = textOf(article['kicker']) ?? names.get(refOf(article['section']) ?? '')
  const standfirst = textOf(article['standfirst'])

  return (
    <Page lang={textOf(article['language'])}>
      {kicker && <p className="kicker">{kicker}</p>}
      <h1>{textOf(article['headline']) ?? 'No headline yet'}</h1>
      {standfirst && <p className="standfirst">{standfirst}</p>}
      <p className="byline">
        {[
          bylineOf(article, names),
          published && newsroomTimeAndDay(published),
          updated && `updated ${newsroomTimeAndDay(updated)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Corrections corrections={corrections} place="top" />
      <FigureView figure={article['leadMedia']} names={names} />
      <PortableText
        value={blocks(article['body'])}
        components={bodyComponents(names)}
        onMissingComponent={false}
      />
      <Corrections corrections={corrections} place="end" />
      <footer>
        <Sources lines={records(article['credits'])} names={names} />
      </footer>
    </Page>
  )
}

/** The printed byline; nothing while it has no names. */
const bylineOf = (article: Record<string, unknown>, names: ReadonlyMap<string, string>): string => {
  const authors = records(article['byline'])
    .map(({author}) => names.get(refOf(author) ?? ''))
    .filter((name) => name !== undefined)
  const said = textOf(article['bylineText'])
  if (said !== undefined || authors.length === 0) return said ?? ''
  return `${textOf(article['bylinePrefix']) ?? 'By'} ${new Intl.ListFormat('en-GB').format(authors)}`
}

interface CorrectionsProps {
  readonly corrections: readonly Record<string, unknown>[]
  readonly place: 'top' | 'end'
}

const Corrections = ({corrections, place}: CorrectionsProps) =>
  corrections
    .filter(({show}) => show === place)
    .map((correction) => (
      <div className="correction" key={textOf(correction['_key'])}>
        <p>
          {textOf(correction['text'])} <small>{momentOf(correction['madeAt'])}</small>
        </p>
      </div>
    ))

const momentOf = (value: unknown): string => {
  const instant = textOf(value)
  return instant ? newsroomTimeAndDay(instant) : ''
}

interface SourcesProps {
  readonly lines: readonly Record<string, unknown>[]
  readonly names: ReadonlyMap<string, string>
}

const Sources = ({lines, names}: SourcesProps) =>
  lines.length > 0 && (
    <>
      <p>Sources</p>
      <ul className="sources">
        {lines.map((line) => (
          <li key={textOf(line['_key'])}>
            {typeof line['number'] === 'number' && `${line['number']}. `}
            {textOf(line['text']) ?? names.get(refOf(line['credit']) ?? '')}
          </li>
        ))}
      </ul>
    </>
  )
