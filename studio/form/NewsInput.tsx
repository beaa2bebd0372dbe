/**
 * The form: changes to Sanity’s input fields. The Studio’s configuration puts it around every
 * field.
 */
import {Stack} from '@sanity/ui'
import type {ReactElement} from 'react'
import {
  type InputProps,
  isArrayOfObjectsInputProps,
  isObjectInputProps,
  isStringInputProps,
  type ObjectInputProps,
} from 'sanity'
import {styled} from 'styled-components'

import {isRecord, textOf} from '../../schemas/untyped.ts'
import {ArticleForm} from './article/ArticleForm.tsx'
import {ChooseCountry, ChooseOne, listOf} from './choices/ChooseOne.tsx'
import {NumberedSources} from './credits/NumberedSources.tsx'
import {AskBeforeLeaving} from './leaving/AskBeforeLeaving.tsx'
import {CreateAuthor} from './references/CreateAuthor.tsx'
import {CreateWhatFits} from './references/CreateWhatFits.tsx'
import {CardPreview} from './writing/CardPreview.tsx'
import {Counted, CountedText, limitOf} from './writing/Counted.tsx'
import {lengthOfStory} from './writing/lengthOfStory.ts'
import {SimilarHeadlines} from './writing/SimilarHeadlines.tsx'

/**
 * Sanity’s text editor is nineteen lines high, which shows two paragraphs of a story. Here it gets
 * most of the window, with enough space left on a phone to scroll the form past it.
 */
const StoryFrame = styled.div`
  [data-testid='pt-editor'][data-fullscreen='false'] {
    height: clamp(19em, 62vh, 60em);
  }
`

/** The inputs where the newsroom needs something other than Sanity’s own. */
export const NewsInput = (props: InputProps) => {
  const {name} = props.schemaType
  const id =
    props.path.length === 0 && isRecord(props.value) ? textOf(props.value['_id']) : undefined
  const input = (
    <>
      {id !== undefined && <AskBeforeLeaving id={id} type={name} />}
      {props.renderDefault(props)}
    </>
  )
  if (name === 'article') return <ArticleForm id={id}>{input}</ArticleForm>
  if (name === 'newsBody') {
    return (
      <Counted says={lengthOfStory(props.value)}>
        <StoryFrame>{input}</StoryFrame>
      </Counted>
    )
  }
  if (name === 'seo' || name === 'social') return <CardPreview card={name}>{input}</CardPreview>
  const limit = limitOf(props.path)
  if (limit !== undefined) {
    const text = textOf(props.value) ?? ''
    const counted = (
      <CountedText text={text} limit={limit}>
        {input}
      </CountedText>
    )
    if (props.path[0] !== 'headline') return counted
    return (
      <Stack gap={2}>
        {counted}
        <SimilarHeadlines headline={text} />
      </Stack>
    )
  }
  if (isStringInputProps(props)) {
    const list = listOf(props.path.at(-1))
    if (list !== undefined && !props.readOnly) return <ChooseOne list={list} input={props} />
    if (props.path[0] === 'externalIds' && props.path.at(-1) === 'value') {
      return <ChooseCountry input={props} />
    }
  }
  if (name === 'reference' && isObjectInputProps(props)) return referenceInput(props, input)
  if (props.path.length === 1 && props.path[0] === 'credits' && isArrayOfObjectsInputProps(props)) {
    const {value, readOnly = false, onChange} = props
    return (
      <NumberedSources lines={value} readOnly={readOnly} onChange={onChange}>
        {input}
      </NumberedSources>
    )
  }
  return input
}

const referenceInput = (props: ObjectInputProps, input: ReactElement) => {
  const {value, readOnly = false, onChange} = props
  if (props.path.at(-1) === 'author' && props.path[0] === 'byline') {
    return (
      <CreateAuthor value={value} readOnly={readOnly} onChange={onChange}>
        {input}
      </CreateAuthor>
    )
  }
  return <CreateWhatFits options={props.schemaType.options}>{input}</CreateWhatFits>
}
