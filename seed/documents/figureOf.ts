/**
 * A picture of which the archive kept only the text. The caption is often a file title, so it never
 * becomes alternative text, and no picture is invented.
 */
import type {Ids} from '../identify/nameIds.ts'
import type {ParsedFigure} from '../model/parsedStory.ts'
import type {Figure} from '../model/seedDocument.ts'
import {lineKey} from './lineKey.ts'
import {reference} from './reference.ts'

export function figureOf({agency, caption, line, sourceText}: ParsedFigure, ids: Ids): Figure {
  return {
    _type: 'figure',
    ...(caption && {caption}),
    ...(agency && {
      credits: [
        {
          _type: 'creditLine',
          _key: lineKey(line, 1),
          credit: reference(ids.agency(agency)),
          role: 'agency',
        },
      ],
    }),
    sourceText,
  }
}
