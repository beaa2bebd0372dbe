import {z} from 'zod'

import type {Figure} from '../figure.ts'
import {queryPath} from '../load.ts'
import {runProgram} from '../process.ts'
import {quantile} from '../timing.ts'
import type {BuiltLake} from '../workspace.ts'

const schema = z.object({
  status: z.literal(200),
  bytes: z.number().min(1000),
  load: z.number(),
  answer: z.number(),
})
const ROUNDS = 5

/** From opening a lake in a new process to its first answer. */
export const firstAnswer = async ({newsroom, dataDir}: BuiltLake): Promise<readonly Figure[]> => {
  const url = `http://localhost${queryPath('*[_type == "article" && slug.current == $slug][0]', {slug: newsroom.slug(7)})}`
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(schema.parse(await runProgram('firstAnswerProgram.ts', dataDir, url)))
  }
  const loading = quantile(
    rounds.map((round) => round.load),
    0.5,
  )
  return [
    {
      name: `first answer after start, ${newsroom.articles.toLocaleString('en')} articles`,
      value: quantile(
        rounds.map((round) => round.answer),
        0.5,
      ),
      unit: 'ms',
      target: {atMost: 300},
      note: `after ${loading.toFixed(0)} ms for loading the program`,
    },
  ]
}
