/** The home page of the Studio: an editor's drafts, what goes out next, what needs attention, what is new. */
import {AddIcon} from '@sanity/icons/Add'
import {Box, Button, Card, Flex, Spinner, Stack, Text} from '@sanity/ui'
import {useCurrentUser, useUser, useWorkspace} from 'sanity'
import {IntentLink, Link} from 'sanity/router'
import {styled} from 'styled-components'

import {useListening} from '../listening/useListening.ts'
import {StoryLink} from '../stories/StoryLink.tsx'
import type {StoryRow} from '../stories/storyRow.ts'
import {countsIn, countsParams, countsQuery} from '../structure/deskCounts.ts'
import {attentionReasons} from '../structure/deskLists.ts'
import {useNow} from '../useNow.ts'
import {HomeList} from './HomeList.tsx'
import {homeLists, homeQuery} from './homeQuery.ts'

/** As many columns as fit, filled from top to bottom. */
const Lists = styled.div`
  columns: 24rem;
  gap: 1rem;

  > * {
    break-inside: avoid;
    margin-bottom: 1rem;
  }
`

/** The lists are live. Each row opens its story; each heading leads to the whole list. */
export const Home = () => {
  const now = useNow()
  const me = useCurrentUser()?.id ?? ''
  const {basePath} = useWorkspace()
  const time = new Date(now).toISOString()
  const {answer, error} = useListening(homeQuery, {now: time, me}, 'raw')
  const counts = countsIn(useListening(countsQuery, countsParams(new Date(now)), 'drafts').answer)
  const lists = homeLists(answer, now)
  const listOf = (id: string): string => `${basePath.replace(/\/$/, '')}/structure/${id}`

  return (
    <Card height="fill" overflow="auto" padding={[3, 4, 5]} data-testid="home">
      <Stack gap={4}>
        <Flex align="center" gap={3} justify="space-between" wrap="wrap">
          <Text as="h1" size={3} weight="semibold">
            Home
          </Text>
          <Button
            as={IntentLink}
            intent="create"
            params={{type: 'article', template: 'article-news'}}
            icon={AddIcon}
            mode="ghost"
            text="New article"
          />
        </Flex>
        {error && (
          <Card padding={3} radius={2} role="alert" tone="critical">
            <Text size={1}>
              These lists are not current: {error.message}. Reload the page; if it happens again,
              show this to an engineer.
            </Text>
          </Card>
        )}
        {lists ? (
          <Lists>
            <HomeList
              title="My drafts"
              more={{href: listOf('drafts'), text: 'All drafts'}}
              whenEmpty="The stories that you are writing will be here. Press “New article” to begin one."
            >
              {lists.mine.map(rowOf)}
            </HomeList>
            <HomeList
              title="Scheduled next"
              more={{href: listOf('upcoming'), text: 'Scheduled or embargoed'}}
              whenEmpty="Published stories that wait for their time will be here. Set a future time under Dates, then press “Schedule”."
            >
              {lists.next.map(rowOf)}
            </HomeList>
            <HomeList
              title="Recently published"
              more={{href: listOf('live-today'), text: 'Live today'}}
              whenEmpty="The newest stories that readers see will be here."
            >
              {lists.recent.map(rowOf)}
            </HomeList>
            <HomeList
              title="Needs attention"
              more={{href: listOf('attention;any'), text: 'All of them'}}
              whenEmpty="Nothing needs attention. Pictures without a credit, points to check after an import and the like will be here."
            >
              {attentionReasons
                .filter(({id}) => (counts.get(id) ?? 0) > 0)
                .map(({id, title}) => (
                  <li key={id}>
                    <Card
                      as={Link}
                      href={listOf(`attention;${id}`)}
                      padding={3}
                      radius={2}
                      data-as="a"
                    >
                      <Flex justify="space-between" gap={3}>
                        <Text size={1}>{title}</Text>
                        <Text size={1} weight="semibold">
                          {counts.get(id)}
                        </Text>
                      </Flex>
                    </Card>
                  </li>
                ))}
            </HomeList>
            <HomeList
              title="Drafts of others"
              whenEmpty="Drafts that someone else has, or nobody, will be here."
            >
              {lists.others.map((story) => (
                <OthersDraft key={story.id} story={story} />
              ))}
            </HomeList>
          </Lists>
        ) : (
          <Box padding={5}>
            <Flex justify="center" aria-live="polite" gap={3}>
              <Spinner muted />
              <Text muted size={1}>
                Looking for stories …
              </Text>
            </Flex>
          </Box>
        )}
      </Stack>
    </Card>
  )
}

const rowOf = (story: StoryRow) => (
  <li key={story.id}>
    <StoryLink story={story} />
  </li>
)

const OthersDraft = ({story}: {readonly story: StoryRow}) => (
  <li>
    {story.assignee === undefined ? (
      <StoryLink story={story} notes={['nobody has it']} />
    ) : (
      <DraftWith story={story} user={story.assignee} />
    )}
  </li>
)

const DraftWith = ({story, user}: {readonly story: StoryRow; readonly user: string}) => {
  const [found] = useUser(user)
  return <StoryLink story={story} notes={found?.displayName ? [`with ${found.displayName}`] : []} />
}
