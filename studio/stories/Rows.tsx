/** A list of rows without bullets, for lists of our own. */
import {styled} from 'styled-components'

export const Rows = styled.ul`
  display: grid;
  gap: 0.25rem;
  list-style: none;
  margin: 0;
  padding: 0;
`
