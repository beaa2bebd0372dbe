/** The list of keys that “?” shows. */
import {Dialog, Stack} from '@sanity/ui'
import {useEffect, useState} from 'react'
import type {LayoutProps} from 'sanity'
import {styled} from 'styled-components'

import {keys} from './keys.ts'

const Table = styled.table`
  border-spacing: 0;
  width: 100%;

  td,
  th {
    font-weight: normal;
    padding: 0.375rem 0;
    text-align: start;
  }
`

/** Where “?” is a character that somebody types. */
const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'))

/** Listens everywhere in the Studio. */
const Keys = () => {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if (event.key === '?' && !isWriting(event.target)) setIsOpen(true)
    }
    globalThis.addEventListener('keydown', open)
    return () => globalThis.removeEventListener('keydown', open)
  }, [])
  if (!isOpen) return null
  return (
    <Dialog id="keys" header="Keys" onClose={() => setIsOpen(false)} width={1}>
      <Stack padding={4}>
        <Table>
          <tbody>
            {keys.map(({title, keys: pressed}) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td>
                  <kbd>{pressed}</kbd>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Stack>
    </Dialog>
  )
}

/** The whole Studio, with its list of keys. */
export const WithKeys = (props: LayoutProps) => (
  <>
    {props.renderDefault(props)}
    <Keys />
  </>
)
