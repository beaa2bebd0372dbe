import {defineField, defineType, type ObjectDefinition} from 'sanity'

import {recordingFields} from './recordingFields.ts'

interface Recording<Name extends string> {
  readonly name: Name
  readonly title: string
  readonly icon: ObjectDefinition['icon']
  /** What an editor calls one, such as “video”. */
  readonly noun: string
  /** Whose player it can be. */
  readonly providers: readonly {readonly title: string; readonly value: string}[]
}

/** A video or a sound recording on somebody’s player. */
export const recording = <const Name extends string>({
  name,
  title,
  icon,
  noun,
  providers,
}: Recording<Name>) =>
  defineType({
    name,
    title,
    type: 'object',
    icon,
    fields: [
      defineField({
        name: 'provider',
        type: 'string',
        options: {list: [...providers, {title: 'Our own player', value: 'own'}]},
        validation: (rule) => rule.required().error(`Choose who plays the ${noun}.`),
      }),
      ...recordingFields,
    ],
    preview: {
      select: {title: 'title', provider: 'provider', url: 'url'},
      prepare: ({title: said, provider, url}) => ({
        title: said ?? url ?? `No ${noun} yet`,
        subtitle: provider,
      }),
    },
  })
