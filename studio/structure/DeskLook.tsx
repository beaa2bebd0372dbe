/** The desk: how its lists look, beside what Sanity offers. Headlines have two lines, lists their counts. */
import type {ActiveToolLayoutProps} from 'sanity'
import {createGlobalStyle} from 'styled-components'

import {useListening} from '../listening/useListening.ts'
import {useNow} from '../useNow.ts'
import {countedLists, countsIn, countsParams, countsQuery} from './deskCounts.ts'

/** Sanity gives each row 51 pixels, so three lines must be close together. */
const TwoLines = createGlobalStyle`
  [data-testid^='pane-item-'] [data-testid='default-preview__header'] {
    span {
      line-height: 1.25;
    }
    > [data-ui='Text']:first-child > span > span {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      white-space: normal;
    }
  }
`

/** Before the arrow of each item. It is part of the item's name for screen readers too. */
const Counts = createGlobalStyle<{$rules: string}>`
  [data-testid^='pane-item-'] [data-testid='compact-preview__status'] {
    align-items: center;
    display: flex;
    gap: 0.5rem;
  }
  ${({$rules}) => $rules}
`

/** A rule for each list that holds something, by the title that Sanity writes into the item. */
const rulesFor = (counts: ReadonlyMap<string, number>): string =>
  countedLists
    .map(({id, title}) => ({title, count: counts.get(id) ?? 0}))
    .filter(({count}) => count > 0)
    .map(
      ({title, count}) =>
        `[data-testid='pane-item-${title}'] [data-testid='compact-preview__status']::before {
          color: var(--card-muted-fg-color); content: '${count}'; font-size: 0.8125rem;
        }`,
    )
    .join('\n')

const DeskCounts = () => {
  const params = countsParams(new Date(useNow()))
  return <Counts $rules={rulesFor(countsIn(useListening(countsQuery, params, 'drafts').answer))} />
}

/** Around each tool: the desk gets its look. */
export const DeskLook = (props: ActiveToolLayoutProps) => (
  <>
    {props.activeTool.name === 'structure' && (
      <>
        <TwoLines />
        <DeskCounts />
      </>
    )}
    {props.renderDefault(props)}
  </>
)
