/** A story in a list of our own: its picture, its headline, what readers see, and when. */
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {Badge, Card, Flex, Stack, Text} from '@sanity/ui'
import {IntentLink} from 'sanity/router'
import {styled} from 'styled-components'

import {toneOf} from '../badges/badgeColours.ts'
import type {StoryRow} from './storyRow.ts'

/** Twice the size on the page, for sharp screens. */
const CUT = 'w=128&h=96&fit=crop'

const Picture = styled.span`
  align-items: center;
  background: var(--card-muted-bg-color);
  border-radius: 3px;
  display: flex;
  flex: none;
  font-size: 1.25rem;
  height: 48px;
  justify-content: center;
  overflow: hidden;
  width: 64px;

  img {
    height: 100%;
    object-fit: cover;
    width: 100%;
  }
`

const Headline = styled.span`
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
`

interface Props {
  readonly story: StoryRow
  /** What else to say of the story, after its time. */
  readonly notes?: readonly string[]
}

/** A row that opens the story in the desk. */
export const StoryLink = ({story, notes = []}: Props) => (
  <Card
    as={IntentLink}
    intent="edit"
    params={{id: story.id, type: 'article'}}
    padding={2}
    radius={2}
    data-as="a"
    data-testid="story-link"
  >
    <Flex gap={3} align="flex-start">
      <Picture>
        {story.picture === undefined ? (
          <DocumentTextIcon />
        ) : (
          <img alt="" src={`${story.picture}?${CUT}`} />
        )}
      </Picture>
      <Stack gap={2} flex={1}>
        <Text size={1} weight="medium">
          <Headline>{story.headline}</Headline>
        </Text>
        <Flex align="center" gap={2} wrap="wrap">
          <Badge tone={toneOf(story.state.name) ?? 'default'} title={story.state.sentence}>
            {story.state.word}
          </Badge>
          <Text size={1} muted>
            {[story.time, story.section, story.workflow, ...notes].filter(Boolean).join(' · ')}
          </Text>
        </Flex>
      </Stack>
    </Flex>
  </Card>
)
