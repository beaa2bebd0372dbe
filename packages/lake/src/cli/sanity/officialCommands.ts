/**
 * Which commands of Sanity's own CLI `lake sanity` runs, and where: each is sent to the lake, run on
 * this machine without any network, or refused with what to do instead. A test compares these lists
 * with the commands that the installed CLI has.
 */
export type Destination =
  | {readonly kind: 'lake'}
  /** `registry`: the npm registry may be asked for the versions of packages, without any token. */
  | {readonly kind: 'local'; readonly registry: boolean}
  | {readonly kind: 'refused'; readonly instead: string}

/** Commands by their first words, plural where the CLI knows both forms. */
const LAKE = [
  'api',
  'assets',
  'cors',
  'datasets',
  'debug',
  'documents',
  'exec',
  'hooks',
  'migrations run',
  'projects list',
  'schemas delete',
  'schemas deploy',
  'schemas list',
  'tokens',
  'users',
]

const LOCAL = [
  'build',
  'codemod',
  'dev',
  'doctor',
  'functions build',
  'functions test',
  'help',
  'manifest',
  'media create-aspect',
  'migrations create',
  'migrations list',
  'preview',
  'schemas extract',
  'schemas validate',
  'start',
  'typegen',
  'versions',
]

const HOSTED = 'It concerns hosted Sanity alone. For a hosted project, run it with "npx sanity".'
const IN_BROWSER = 'It opens a page of sanity.io. Open it in a browser.'

const REFUSED: Readonly<Record<string, string>> = {
  backups: 'A lake has no backups of this kind. Use "lake snapshot FOLDER".',
  blueprints: HOSTED,
  context: HOSTED,
  'datasets alias': "A lake has no aliases of datasets. Use the dataset's own name.",
  'datasets embeddings': 'A lake has no embeddings.',
  deploy:
    'The lake serves the Studio itself: "lake start --studio FOLDER". To publish it on hosted ' +
    'Sanity, run "npx sanity deploy" with the variables of your hosted project set.',
  docs: IN_BROWSER,
  'documents validate':
    'The thread in which it loads the Studio does not reach the lake. The Studio shows the same ' +
    'findings beside each document.',
  functions: HOSTED,
  graphql: 'A lake has no GraphQL. Query it with GROQ: "lake sanity documents query".',
  init: 'The project is here already. For a new one, run "npx sanity init" in another folder.',
  install: 'Use npm: "npm install PACKAGE".',
  learn: IN_BROWSER,
  login: 'Nobody signs in to a lake: its commands use the token of its data folder.',
  logout: 'Nobody signs in to a lake: its commands use the token of its data folder.',
  manage: 'A lake has no page for its settings. See "lake --help", and "lake sanity cors --help".',
  mcp: HOSTED,
  media: HOSTED,
  new: HOSTED,
  openapi: IN_BROWSER,
  organizations: HOSTED,
  projects: 'A lake has one project. Name another with "lake start --project ID".',
  skills: HOSTED,
  telemetry: 'Nothing is reported from here.',
  undeploy: HOSTED,
  workflows: HOSTED,
}

/** Other names by which the CLI knows its topics. */
const TOPICS: Readonly<Record<string, string>> = {
  asset: 'assets',
  backup: 'backups',
  dataset: 'datasets',
  document: 'documents',
  hook: 'hooks',
  migration: 'migrations',
  org: 'organizations',
  organisation: 'organizations',
  organisations: 'organizations',
  organization: 'organizations',
  orgs: 'organizations',
  project: 'projects',
  schema: 'schemas',
  token: 'tokens',
  user: 'users',
}

/** The words that name a command, in the CLI's plural form: `documents query`. */
export const commandWords = (argv: readonly string[]): string[] => {
  const end = argv.findIndex((word) => word.startsWith('-'))
  const [topic = '', ...rest] = argv
    .slice(0, end < 0 ? argv.length : end)
    .flatMap((word, index) => (index === 0 ? word.split(':') : [word]))
  return [TOPICS[topic] ?? topic, ...rest]
}

/** Where a command belongs; undefined for one that no list names. The longest name decides. */
export const destinationOf = (argv: readonly string[]): Destination | undefined => {
  const words = commandWords(argv)
  for (let length = Math.min(words.length, 3); length > 0; length -= 1) {
    const name = words.slice(0, length).join(' ')
    const instead = REFUSED[name]
    if (LAKE.includes(name)) return {kind: 'lake'}
    if (LOCAL.includes(name)) return {kind: 'local', registry: name === 'versions'}
    if (instead !== undefined) return {kind: 'refused', instead}
  }
  return undefined
}

/** One line a list, for `--help`. */
export const describeDestinations = (): string[] => [
  `go to the lake:     ${LAKE.join(', ')}`,
  `run here, offline:  ${LOCAL.join(', ')}`,
  `are refused:        ${Object.keys(REFUSED).join(', ')}`,
]
