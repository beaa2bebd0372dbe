/** The form: a field for a language, a time zone or a country, which is chosen and not typed as a code. */
import {set, type StringInputProps, unset, useFormValue} from 'sanity'

import {isRecord} from '../../../schemas/untyped.ts'
import {type ChoiceList, choicesIn} from './choices.ts'
import {ChoiceSearch} from './ChoiceSearch.tsx'

interface Props {
  readonly list: ChoiceList
  readonly input: StringInputProps
}

/** The list of a field by its name; none for other fields. */
export const listOf = (name: unknown): ChoiceList | undefined => {
  if (name === 'language' || name === 'originalLanguage') return 'languages'
  return name === 'timeZone' ? 'timeZones' : undefined
}

/** A search in the list by name or code. */
export const ChooseOne = ({list, input}: Props) => {
  const {elementProps, onChange, readOnly = false, value} = input
  const {id, ref, onBlur, onFocus, 'aria-describedby': describedBy} = elementProps
  return (
    <ChoiceSearch
      id={id}
      ref={ref}
      aria-describedby={describedBy}
      choices={choicesIn(list, value)}
      disabled={readOnly}
      onBlur={onBlur}
      onChange={(next) => onChange(next === '' ? unset() : set(next))}
      onFocus={onFocus}
      value={value ?? ''}
    />
  )
}

/** The ID of a country is chosen; those of other authorities are typed. */
export const ChooseCountry = ({input}: {readonly input: StringInputProps}) => {
  const externalId = useFormValue(input.path.slice(0, -1))
  return isRecord(externalId) && externalId['scheme'] === 'iso3166-1' ? (
    <ChooseOne list="countries" input={input} />
  ) : (
    input.renderDefault(input)
  )
}
