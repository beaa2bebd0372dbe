/** The “Preview” tab: how the body of the story is shown. */
import type {PortableTextComponents} from '@portabletext/react'
import {PortableText} from '@portabletext/react'

import {records, refOf, textOf} from '../../../schemas/untyped.ts'
import {FigureView} from './FigureView.tsx'

type Names = ReadonlyMap<string, string>

interface Block {
  readonly value: Record<string, unknown>
}

/** Components for the parts of a story; details for editors only are tooltips. */
export const bodyComponents = (names: Names): PortableTextComponents => ({
  types: {
    figure: ({value}: Block) => <FigureView figure={value} names={names} />,
    pullQuote: ({value}: Block) => (
      <blockquote className="pull">
        <p>{textOf(value['text'])}</p>
        <cite>{names.get(refOf(value['speaker']) ?? '')}</cite>
      </blockquote>
    ),
    socialPost: ({value}: Block) => (
      <blockquote className="post">
        <p>{textOf(value['text'])}</p>
        <cite>
          <a href={textOf(value['url'])}>{textOf(value['authorName']) ?? textOf(value['url'])}</a>
        </cite>
      </blockquote>
    ),
    video: Recording,
    audio: Recording,
    gallery: ({value}: Block) => (
      <>
        {records(value['pictures']).map((picture, index) => (
          <FigureView key={textOf(picture['_key']) ?? index} figure={picture} names={names} />
        ))}
        <p>{textOf(value['caption'])}</p>
      </>
    ),
    table: ({value}: Block) => (
      <table>
        <caption>{textOf(value['caption'])}</caption>
        <tbody>
          {records(value['rows']).map((row, index) => (
            <tr key={textOf(row['_key']) ?? index}>{cellsOf(row)}</tr>
          ))}
        </tbody>
      </table>
    ),
    archivedBlock: ({value}: Block) => (
      <div className="missing" title={textOf(value['source'])}>
        Archived, not shown to readers: {textOf(value['kind'])}. {textOf(value['text'])}
      </div>
    ),
    factBox: ({value}: Block) => (
      <aside>
        <h2>{textOf(value['title'])}</h2>
        <PortableText value={blocks(value['body'])} components={bodyComponents(names)} />
      </aside>
    ),
  },
  marks: {
    sub: ({children}) => <sub>{children}</sub>,
    sup: ({children}) => <sup>{children}</sup>,
    link: ({value, children}) => <a href={textOf(value?.['href'])}>{children}</a>,
    internalLink: ({value, children}) => (
      <u title={names.get(refOf(value?.['to']) ?? '')}>{children}</u>
    ),
    attribution: ({value, children}) => (
      <span
        className="source"
        title={`Source: ${names.get(refOf(value?.['credit']) ?? '') ?? '?'}`}
      >
        {children}
      </span>
    ),
    quotation: ({value, children}) => (
      <q title={`Said by ${names.get(refOf(value?.['speaker']) ?? '') ?? 'an unknown speaker'}`}>
        {children}
      </q>
    ),
  },
})

const Recording = ({value}: Block) => (
  <p className="missing">
    <a href={textOf(value['url'])}>{textOf(value['title']) ?? textOf(value['url'])}</a>
  </p>
)

const cellsOf = ({cells, heading}: Record<string, unknown>) =>
  (Array.isArray(cells) ? cells : []).map((cell, index) => {
    const Cell = heading === true ? 'th' : 'td'
    // Cells have no key, and their order does not change while they are shown.
    return <Cell key={index}>{textOf(cell)}</Cell>
  })

/** The blocks of a Portable Text value that have a type, so that they can be rendered. */
export const blocks = (value: unknown) =>
  records(value).flatMap((block) =>
    typeof block['_type'] === 'string' ? [{...block, _type: block['_type']}] : [],
  )
