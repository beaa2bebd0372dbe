/**
 * Checks an open dataset after a failure, for tests: its file is sound, its memory agrees with the
 * file, and readers see the same as in the file opened again. Reads everything several times.
 */
import type {Perspective} from '../../core/perspective.ts'
import type {DatasetStore} from '../datasetStore.ts'
import {connect} from '../file/sqliteConnection.ts'
import {openDataset} from '../openDataset.ts'
import {checkDataset} from './checkDataset.ts'
import {checkMemory} from './checkMemory.ts'

/** @returns A message for each difference. */
export const compareWithFresh = (store: DatasetStore): readonly string[] => {
  const {name, file} = store
  if (file === undefined) throw new Error(`The dataset "${name}" is in memory, and has no file.`)
  store.catchUp()
  const connection = connect(file)
  const fresh = openDataset({name, file})
  try {
    const wrong = checkDataset(connection).map(({message}) => message)
    wrong.push(...checkMemory(store.memory(), connection))
    const targets = connection.all('SELECT text FROM term').map(([text]) => String(text))
    const releases = connection
      .all("SELECT DISTINCT layer FROM document WHERE layer LIKE 'versions.%'")
      .map(([layer]) => String(layer).split('.')[1] ?? '')
    const is = whatReadersSee(store, targets, releases)
    const must = whatReadersSee(fresh, targets, releases)
    for (const [question, answer] of must) {
      if (is.get(question) === answer) continue
      wrong.push(`${question}: ${is.get(question)}, opened again ${answer}.`)
    }
    return [...wrong, ...checkMemory(store.memory(), connection)]
  } finally {
    fresh.close()
    connection.close()
  }
}

const whatReadersSee = (
  store: DatasetStore,
  targets: readonly string[],
  releases: readonly string[],
): Map<string, string> => {
  const answers = new Map<string, string>()
  const note = (question: string, answer: unknown): void =>
    void answers.set(question, JSON.stringify(answer))
  const perspectives: readonly Perspective[] = [
    'raw',
    {layers: []},
    {layers: ['drafts']},
    ...releases.map((release) => ({layers: [release]})),
  ]
  note('revision', store.revision)
  note('transactions', [...store.history.transactions({})])
  for (const perspective of perspectives) {
    for (const includePrivate of [true, false]) {
      const view = `${JSON.stringify(perspective)}${includePrivate ? '' : ', public'}`
      const source = store.source({perspective, includePrivate})
      const documents = [...source.scan()]
      note(`documents in ${view}`, documents)
      note(`number in ${view}`, source.access?.count())
      for (const type of new Set(documents.map(({_type}) => _type))) {
        note(`number of ${type} in ${view}`, source.access?.count(type))
      }
      for (const target of targets) {
        note(`referring to ${target} in ${view}`, source.access?.countReferring([target]))
      }
    }
  }
  return answers
}
