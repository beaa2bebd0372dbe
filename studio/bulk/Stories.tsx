/** The tool “Stories”: find stories, choose some, and do one thing to all of them. */
import {Box, Card, Checkbox, Flex, Select, Stack, Text, TextInput} from '@sanity/ui'
import {useState} from 'react'
import {styled} from 'styled-components'

import {useListening} from '../listening/useListening.ts'
import {Rows} from '../stories/Rows.tsx'
import {StoryLink} from '../stories/StoryLink.tsx'
import {useNow} from '../useNow.ts'
import {type Filters, filterLists, storiesIn, storiesQuery} from './storiesQuery.ts'
import {useTargets} from './useTargets.ts'
import {WithChosen} from './WithChosen.tsx'

/** On a phone, the others go below it. */
const Words = styled.div`
  flex: 1 1 14rem;
`

/** What to do stays in sight while the list below it is scrolled. */
const InSight = styled.div`
  position: sticky;
  top: 0;
  z-index: 1;
`

const ALL: Filters = {list: 'all', section: '', words: ''}

/** A live list. A story that leaves it is no longer chosen. */
export const Stories = () => {
  const now = useNow()
  const targets = useTargets()
  const [filters, setFilters] = useState(ALL)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const {query, params} = storiesQuery(filters, new Date(now))
  const {answer, error} = useListening(query, params, 'raw')
  const stories = storiesIn(answer, now)
  const chosen = stories.filter(({id}) => marked.has(id))
  const isAll = stories.length > 0 && chosen.length === stories.length
  const filter = (change: Partial<Filters>) => setFilters({...filters, ...change})
  const mark = (id: string, isMarked: boolean) =>
    setMarked(new Set(isMarked ? [...marked, id] : [...marked].filter((one) => one !== id)))

  return (
    <Card height="fill" overflow="auto" padding={[3, 4, 5]} data-testid="stories">
      <Stack gap={4}>
        <Text as="h1" size={3} weight="semibold">
          Stories
        </Text>
        <Flex gap={2} wrap="wrap" as="search">
          <Words>
            <TextInput
              aria-label="Words of the headline"
              placeholder="Words of the headline"
              value={filters.words}
              onChange={({currentTarget}) => filter({words: currentTarget.value})}
            />
          </Words>
          <Box>
            <Select
              aria-label="List"
              value={filters.list}
              onChange={({currentTarget}) => filter({list: currentTarget.value})}
            >
              {filterLists.map(({id, title}) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Select>
          </Box>
          <Box>
            <Select
              aria-label="Section"
              value={filters.section}
              onChange={({currentTarget}) => filter({section: currentTarget.value})}
            >
              <option value="">All sections</option>
              {targets.sections.map(({value, title}) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </Select>
          </Box>
        </Flex>
        <InSight>
          <WithChosen chosen={chosen} targets={targets} />
        </InSight>
        {error && (
          <Card padding={3} radius={2} role="alert" tone="critical">
            <Text size={1}>This list is not current: {error.message}. Reload the page.</Text>
          </Card>
        )}
        {answer !== undefined && stories.length === 0 ? (
          <Text muted size={1}>
            No story is like this. Choose another list or section, or fewer words.
          </Text>
        ) : (
          <Stack gap={2}>
            <Flex as="label" align="center" gap={3} paddingX={2}>
              <Checkbox
                checked={isAll}
                indeterminate={chosen.length > 0 && !isAll}
                onChange={() => setMarked(new Set(isAll ? [] : stories.map(({id}) => id)))}
              />
              <Text size={1}>
                {chosen.length === 0
                  ? `Choose all ${stories.length}`
                  : `${chosen.length} of ${stories.length} chosen`}
              </Text>
            </Flex>
            <Rows>
              {stories.map((story) => (
                <Flex as="li" key={story.id} align="center" gap={2} paddingLeft={2}>
                  <Checkbox
                    aria-label={`Choose “${story.headline}”`}
                    checked={marked.has(story.id)}
                    onChange={({currentTarget}) => mark(story.id, currentTarget.checked)}
                  />
                  <Box flex={1}>
                    <StoryLink story={story} />
                  </Box>
                </Flex>
              ))}
            </Rows>
          </Stack>
        )}
      </Stack>
    </Card>
  )
}
