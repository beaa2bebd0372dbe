/** The list of all functions, by namespace. */
import {arrayFunctions} from './array.ts'
import {deltaFunctions, diffFunctions} from './diff.ts'
import {geoConstructor, geoFunctions} from './geo.ts'
import {dateTimeFunctions, globalFunctions} from './global.ts'
import type {GroqFunction, Namespace} from './groqFunction.ts'
import {mathFunctions} from './math.ts'
import {documentsFunctions, mediaFunctions, userFunctions} from './notAnswered.ts'
import {ptConstructor, ptFunctions} from './pt.ts'
import {releasesFunctions, sanityFunctions} from './sanity.ts'
import {stringFunctions, textFunctions} from './string.ts'

/** Every function of GROQ, by namespace: the one list that compiler and documentation share. */
export const namespaces: Readonly<Record<string, Namespace>> = {
  global: {...globalFunctions, geo: geoConstructor, pt: ptConstructor},
  array: arrayFunctions,
  dateTime: dateTimeFunctions,
  delta: deltaFunctions,
  diff: diffFunctions,
  documents: documentsFunctions,
  geo: geoFunctions,
  math: mathFunctions,
  media: mediaFunctions,
  pt: ptFunctions,
  releases: releasesFunctions,
  sanity: sanityFunctions,
  string: stringFunctions,
  text: textFunctions,
  user: userFunctions,
}

export const functionNamed = (namespace: string, name: string): GroqFunction | undefined => {
  const functions = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined
  return functions && Object.hasOwn(functions, name) ? functions[name] : undefined
}
