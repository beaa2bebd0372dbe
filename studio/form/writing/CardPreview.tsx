/** The form: how a story looks in search results and as a shared link. */
import {Card, Stack, Text} from '@sanity/ui'
import type {ReactNode} from 'react'
import {useFormValue} from 'sanity'

import {textLimits} from '../../../schemas/textLimits.ts'
import {isRecord} from '../../../schemas/untyped.ts'
import {cardWords} from './cards.ts'

const LIMITS = {
  seo: {title: textLimits['seo.title'], description: textLimits['seo.description']},
  social: {title: textLimits['social.title'], description: textLimits['social.description']},
} as const

interface Props {
  readonly card: 'seo' | 'social'
  readonly children: ReactNode
}

/** The card above the fields that change it. */
export const CardPreview = ({card, children}: Props) => {
  const article = useFormValue([])
  const {title, description, path} = cardWords(isRecord(article) ? article : {}, card, LIMITS[card])
  return (
    <Stack gap={5}>
      <Card border padding={4} radius={2} data-testid={`card-${card}`}>
        <Stack gap={3}>
          <Text muted size={0}>
            {path}
          </Text>
          <Text size={2} weight={card === 'social' ? 'semibold' : 'medium'}>
            {title === '' ? 'No headline yet' : title}
          </Text>
          <Text muted size={1}>
            {description}
          </Text>
        </Stack>
      </Card>
      {children}
    </Stack>
  )
}
