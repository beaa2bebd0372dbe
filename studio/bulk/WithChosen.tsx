/** The tool “Stories”: what to do with the chosen stories, and what has come of it. */
import {Box, Button, Card, Flex, Inline, Select, Stack, Text} from '@sanity/ui'
import {type FormEvent, useState} from 'react'
import {DEFAULT_STUDIO_CLIENT_OPTIONS, useClient} from 'sanity'

import {randomKey} from '../actions/randomKey.ts'
import {useFindings} from '../actions/useFindings.ts'
import {ChoiceSearch} from '../form/choices/ChoiceSearch.tsx'
import {type Chosen, operateOnMany, type Result, undoMany} from './manyStories.ts'
import type {Newsroom, Operation} from './operations.ts'
import type {useTargets} from './useTargets.ts'

const ACTIONS = [
  {is: 'publish', title: 'Publish'},
  {is: 'unpublish', title: 'Unpublish'},
  {is: 'setSection', title: 'Set section', from: 'sections'},
  {is: 'addTopic', title: 'Add topic', from: 'topics'},
  {is: 'addToRelease', title: 'Add to release', from: 'releases'},
] as const

const operationOf = (action: (typeof ACTIONS)[number], target: string): Operation | undefined => {
  if (!('from' in action)) return {is: action.is}
  return target === '' ? undefined : {is: action.is, id: target}
}

interface Props {
  readonly chosen: readonly Chosen[]
  readonly targets: ReturnType<typeof useTargets>
}

/** A form: an action, perhaps its target, and a button. Below, the result with “Undo”. */
export const WithChosen = ({chosen, targets}: Props) => {
  const client = useClient(DEFAULT_STUDIO_CLIENT_OPTIONS)
  const findings = useFindings()
  const [action, setAction] = useState<(typeof ACTIONS)[number]>(ACTIONS[0])
  const [target, setTarget] = useState('')
  const [progress, setProgress] = useState<string>()
  const [result, setResult] = useState<Result>()
  const newsroom: Newsroom = {client, findings, now: () => new Date(), newKey: randomKey}

  const run = async (
    total: number,
    work: (onProgress: (count: number) => void) => Promise<Result>,
  ): Promise<void> => {
    setResult(undefined)
    setProgress(`0 of ${total} …`)
    try {
      setResult(await work((count) => setProgress(`${count} of ${total} …`)))
    } finally {
      setProgress(undefined)
    }
  }
  const operation = operationOf(action, target)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!operation) return
    void run(chosen.length, (onProgress) => operateOnMany(newsroom, chosen, operation, onProgress))
  }
  const isBusy = progress !== undefined

  return (
    <Card border padding={3} radius={2}>
      <Stack gap={3}>
        <Flex as="form" align="center" gap={2} wrap="wrap" onSubmit={submit}>
          <Box>
            <Select
              aria-label="Action"
              value={action.is}
              onChange={({currentTarget}) => {
                setAction(ACTIONS.find(({is}) => is === currentTarget.value) ?? ACTIONS[0])
                setTarget('')
              }}
            >
              {ACTIONS.map(({is, title}) => (
                <option key={is} value={is}>
                  {title}
                </option>
              ))}
            </Select>
          </Box>
          {'from' in action && (
            <Box>
              <ChoiceSearch
                key={action.is}
                id="bulk-target"
                aria-label={action.title}
                choices={targets[action.from]}
                onChange={setTarget}
                value={target}
              />
            </Box>
          )}
          <Button
            type="submit"
            mode="ghost"
            disabled={isBusy || chosen.length === 0 || !operation}
            text={`${action.title}: ${chosen.length} ${chosen.length === 1 ? 'story' : 'stories'}`}
          />
        </Flex>
        <Stack gap={3} aria-live="polite" data-testid="bulk-result">
          {isBusy && <Text size={1}>{progress}</Text>}
          {result && (
            <>
              <Inline gap={3}>
                <Text size={1} weight="medium">
                  {result.says}
                </Text>
                {result.changed.length > 0 && (
                  <Button
                    mode="ghost"
                    padding={2}
                    text="Undo"
                    onClick={() =>
                      void run(result.changed.length, (onProgress) =>
                        undoMany(newsroom, result, onProgress),
                      )
                    }
                  />
                )}
              </Inline>
              {result.failures.map(({id, headline, reason}) => (
                <Text key={id} size={1}>
                  Left as it was: “{headline}”. {reason}
                </Text>
              ))}
            </>
          )}
        </Stack>
      </Stack>
    </Card>
  )
}
