/** Compares the package with groq-js and prints the tables of its README. */
import {parseArgs} from 'node:util'

import {compareEvaluators} from './evaluator.ts'
import {compareOnSuite} from './suite.ts'

const HELP = `Usage: node packages/groq/bench/run.ts [options]

  --milliseconds 3000   about how long to measure each query
  --help`

const {values: options} = parseArgs({
  options: {
    milliseconds: {type: 'string', default: '3000'},
    help: {type: 'boolean', default: false},
  },
})

const number = (count: number): string => count.toLocaleString('en')

const main = async (): Promise<void> => {
  const milliseconds = Number(options.milliseconds)
  if (!(milliseconds > 0)) throw new Error('--milliseconds takes a number above 0.')
  const suite = await compareOnSuite()
  if (suite) {
    console.log('| official test suite | groq-js | this package | of |')
    console.log('|---|---:|---:|---:|')
    console.log(
      `| tests answered as expected | ${number(suite.groqJs)} | ${number(suite.ours)} | ${number(suite.tests)} |`,
    )
  } else console.log('The official test suite is not beside the checkout: not compared.')
  console.log('\n| query over 20 articles | times faster than groq-js | against itself |')
  console.log('|---|---:|---:|')
  for (const {query, timesFaster, againstItself} of compareEvaluators(milliseconds)) {
    console.log(`| ${query} | ${timesFaster.toFixed(1)} | ${againstItself.toFixed(2)} |`)
  }
}

if (options.help) console.log(HELP)
else await main()
