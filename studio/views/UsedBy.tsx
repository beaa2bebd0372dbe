/** The “Used by” tab: shown for documents of a type that others can refer to. */
import {Box, Card, Flex, Spinner, Stack, Text} from '@sanity/ui'
import {getPublishedId, Preview, useReferringDocuments, useSchema} from 'sanity'
import {IntentLink} from 'sanity/router'
import type {UserViewComponent} from 'sanity/structure'

import {Rows} from '../stories/Rows.tsx'

/** The limit of the Studio’s own hook. */
const limit = 101

/** The documents that refer to this one, live: they show what a change here affects. */
export const UsedBy: UserViewComponent = ({documentId}) => {
  const {isLoading, referringDocuments} = useReferringDocuments(documentId)
  const schema = useSchema()
  const found = new Map(
    referringDocuments.map(({_id, _type}) => [getPublishedId(_id), {_id, _type}] as const),
  )
  const documents = [...found].flatMap(([id, {_id, _type}]) => {
    const schemaType = schema.get(_type)
    return schemaType && id !== documentId ? [{id, _id, schemaType}] : []
  })

  if (isLoading) {
    return (
      <Flex align="center" gap={3} justify="center" padding={5} aria-live="polite">
        <Spinner muted />
        <Text muted size={1}>
          Looking for documents …
        </Text>
      </Flex>
    )
  }
  return (
    <Box padding={4} data-testid="used-by">
      <Stack gap={4}>
        <Text muted size={1} aria-live="polite">
          {summary(documents.length)}
        </Text>
        <Rows>
          {documents.map(({id, _id, schemaType}) => (
            <li key={id}>
              <Card
                as={IntentLink}
                intent="edit"
                params={{id, type: schemaType.name}}
                padding={1}
                radius={2}
                data-as="a"
              >
                <Preview
                  schemaType={schemaType}
                  value={{_id, _type: schemaType.name}}
                  layout="default"
                />
              </Card>
            </li>
          ))}
        </Rows>
      </Stack>
    </Box>
  )
}

const summary = (count: number): string => {
  if (count === 0) return 'Not used anywhere yet.'
  if (count === 1) return 'Used in 1 document.'
  return count >= limit
    ? `Used in at least ${count} documents; these are the first.`
    : `Used in ${count} documents.`
}
