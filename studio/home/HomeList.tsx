/** One list on the home page, with its heading. */
import {Card, Flex, Stack, Text} from '@sanity/ui'
import {type ReactNode, useId} from 'react'
import {Link} from 'sanity/router'

import {Rows} from '../stories/Rows.tsx'

interface Props {
  readonly title: string
  /** The list in the desk that has more. */
  readonly more?: {readonly href: string; readonly text: string}
  /** What would be in the list, and how it gets there. */
  readonly whenEmpty: string
  readonly children: readonly ReactNode[]
}

/** A heading and its rows, or what would be there. */
export const HomeList = ({title, more, whenEmpty, children}: Props) => {
  const heading = useId()
  return (
    <Card as="section" aria-labelledby={heading} border padding={3} radius={3}>
      <Stack gap={3}>
        <Flex align="center" justify="space-between" gap={3} padding={2}>
          <Text as="h2" id={heading} size={2} weight="semibold">
            {title}
          </Text>
          {more && (
            <Text size={1}>
              <Link href={more.href}>{more.text}</Link>
            </Text>
          )}
        </Flex>
        {children.length === 0 ? (
          <Card padding={2}>
            <Text muted size={1}>
              {whenEmpty}
            </Text>
          </Card>
        ) : (
          <Rows>{children}</Rows>
        )}
      </Stack>
    </Card>
  )
}
