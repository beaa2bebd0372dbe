/** The text of `docs/coverage.md`: what the lake answers, and where each feature was tested. */
import type {HostedRecord} from './recordHosted.ts'
import {routeRows} from './routeRows.ts'
import type {Result} from './runSuite.ts'

/** @param hosted The last run against a hosted project; null if there was none. */
export const coverageText = (embedded: readonly Result[], hosted: HostedRecord | null): string =>
  `# What the lake answers, and how that is known

Written by \`npm run conformance\`; do not edit.

The suite in \`tests/conformance/\` drives the embedded lake with the official tools. The same tests
run against a project on sanity.io, of the free plan too: set \`CONFORMANCE_TARGET=hosted\`,
\`CONFORMANCE_PROJECT_ID\` and \`CONFORMANCE_TOKEN\` (an administrator's, such as your own, which
\`npx sanity debug --secrets\` shows), and run \`npm run conformance\`. The run creates a dataset for
itself, removes what it made, and fills in the last column.

${hostedRemark(hosted)}

## Features

| endpoint or tool | feature | embedded | ${hosted === null ? 'hosted' : `hosted, ${hosted.date}`} |
| --- | --- | --- | --- |
${embedded.map((result) => featureRow(result, hosted)).join('\n')}
${reasons(hosted)}
## Routes

Every other route answers 501 and names itself. Who may call a route is checked before anything else;
\`packages/lake/src/access/accessRules.ts\` says what the words mean.

| route | who | |
| --- | --- | --- |
${routeRows().join('\n')}
`

const hostedRemark = (hosted: HostedRecord | null): string =>
  hosted === null
    ? '**They have not been run against a hosted project yet**: the expected behaviour of hosted Sanity comes from its documentation and the source of the official tools.'
    : `They were last run against a hosted project on ${hosted.date}.`

const featureRow = (result: Result, hosted: HostedRecord | null): string => {
  const {subject, feature, outcome} = result
  const there = hosted?.results.find(
    (other) => other.subject === subject && other.feature === feature,
  )
  return `| ${subject} | ${feature} | ${WORDS[outcome]} | ${there ? WORDS[there.outcome] : 'not run yet'} |`
}

const WORDS: Readonly<Record<Result['outcome'], string>> = {
  passes: 'passes',
  fails: '**fails**',
  plan: 'not in the plan',
}

/** Why features did not pass on a hosted project, as a list. */
const reasons = (hosted: HostedRecord | null): string => {
  const lines = (hosted?.results ?? [])
    .filter(({outcome}) => outcome !== 'passes')
    .map(
      ({subject, feature, outcome, reason}) =>
        `- ${subject}, ${feature}: ${WORDS[outcome]}. \`${(reason ?? '').replaceAll('`', "'")}\``,
    )
  return lines.length === 0
    ? ''
    : `\nWhat the hosted project answered instead:\n\n${lines.join('\n')}\n`
}
