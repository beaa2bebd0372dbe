/** The form: counters below what a writer types. */
import {Stack, Text} from '@sanity/ui'
import type {ReactNode} from 'react'

import {textLimits} from '../../../schemas/textLimits.ts'

const limits = new Map<string, number>(Object.entries(textLimits))

/** The limit of a field of an article, by its path. */
export const limitOf = (path: readonly unknown[]): number | undefined => limits.get(path.join('.'))

interface Props {
  /** What the counter says; nothing while there is nothing to count. */
  readonly says: string | undefined
  readonly isOver?: boolean
  readonly children: ReactNode
}

/** An input with its counter. */
export const Counted = ({says, isOver = false, children}: Props) => (
  <Stack gap={2}>
    {children}
    {says !== undefined && (
      <Text
        align="right"
        data-testid="counter"
        muted={!isOver}
        size={0}
        weight={isOver ? 'semibold' : 'regular'}
      >
        {says}
      </Text>
    )}
  </Stack>
)

/** A text field with its number of characters, out of as many as readers see. */
export const CountedText = ({
  text,
  limit,
  children,
}: {
  readonly text: string
  readonly limit: number
  readonly children: ReactNode
}) => {
  const length = [...text].length
  const isOver = length > limit
  const says = isOver ? `${length - limit} too many` : `${length} of ${limit} characters`
  return (
    <Counted says={length === 0 ? undefined : says} isOver={isOver}>
      {children}
    </Counted>
  )
}
