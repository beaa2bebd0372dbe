/**
 * Which commands of Sanity's own CLI `lake sanity` runs, and where: each is sent to the lake, run on
 * this machine without a network, or refused with an alternative. A test compares these lists with
 * the commands of the installed CLI.
 */
export type Destination =
  | {readonly kind: 'lake'}
  /** `registry`: the npm registry may be asked for packages and their versions. */
  | {readonly kind: 'local'; readonly registry: boolean}
  /** `name`: the words that are refused, without the arguments. */
  | {readonly kind: 'refused'; readonly name: string; readonly instead: string}

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

/** Of these, the ones that ask the npm registry: `codemod` runs jscodeshift with npx. */
const FROM_REGISTRY = ['codemod', 'versions']

const HOSTED = 'It works with hosted Sanity only. For a hosted project, run it with "npx sanity".'
const IN_BROWSER = 'It opens a page of sanity.io. Open it in a browser.'

const REFUSED: Readonly<Record<string, string>> = {
  backups: 'A lake has no backups like those of hosted Sanity. Use "lake snapshot FOLDER".',
  blueprints: HOSTED,
  context: HOSTED,
  'datasets alias': 'A lake has no dataset aliases. Use the name of the dataset.',
  'datasets embeddings': 'A lake has no embeddings.',
  deploy:
    'The lake serves the Studio itself: "lake start --studio FOLDER". To publish it on hosted ' +
    'Sanity, run "npx sanity deploy" with the variables of your hosted project set.',
  docs: IN_BROWSER,
  functions: HOSTED,
  graphql: 'A lake has no GraphQL. Query it with GROQ: "lake sanity documents query".',
  'hooks create':
    'It opens a page of sanity.io. Use "lake hook add URL"; "lake hook --help" lists the options.',
  init: 'This folder has a project. For a new one, run "npx sanity init" in another folder.',
  install: 'Use npm: "npm install PACKAGE".',
  learn: IN_BROWSER,
  login: 'No sign-in is needed: commands use the token of the data folder.',
  logout: 'No sign-in is needed: commands use the token of the data folder.',
  manage: 'A lake has no settings page. See "lake --help", and "lake sanity cors --help".',
  mcp: HOSTED,
  media: HOSTED,
  new: HOSTED,
  openapi: IN_BROWSER,
  organizations: HOSTED,
  projects: 'A lake has one project. Name another with "lake start --project ID".',
  skills: HOSTED,
  telemetry: 'The lake sends no telemetry.',
  undeploy: HOSTED,
  'users invite':
    'A lake has no accounts. Give a colleague a token: "lake token NAME --role editor".',
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

const MAX_WORDS = 3

/** The first words that may name a command, from three words to one: the longest name decides. */
export const longestFirst = (words: readonly string[]): (readonly string[])[] =>
  Array.from({length: Math.min(words.length, MAX_WORDS)}, (_, left) =>
    words.slice(0, Math.min(words.length, MAX_WORDS) - left),
  )

/**
 * Where a command belongs; undefined for one that is in none of the lists.
 * @param words As `commandWords` gives them.
 */
export const destinationOf = (words: readonly string[]): Destination | undefined => {
  for (const beginning of longestFirst(words)) {
    const name = beginning.join(' ')
    const instead = REFUSED[name]
    if (LAKE.includes(name)) return {kind: 'lake'}
    if (LOCAL.includes(name)) return {kind: 'local', registry: FROM_REGISTRY.includes(name)}
    if (instead !== undefined) return {kind: 'refused', name, instead}
  }
  return undefined
}

/** The three lists as lines of at most 80 characters, for `--help`. */
export const describeDestinations = (): string[] => [
  ...paragraph('Sent to the lake:', LAKE),
  ...paragraph('Run on this machine, offline:', LOCAL),
  ...paragraph('Not available:', Object.keys(REFUSED)),
]

const MAX_LINE = 78

const paragraph = (title: string, names: readonly string[]): string[] => {
  const lines = [title]
  let line = ''
  for (const [index, name] of names.entries()) {
    const word = index === names.length - 1 ? name : `${name},`
    if (line !== '' && line.length + word.length + 1 > MAX_LINE) {
      lines.push(`  ${line}`)
      line = word
    } else line += line === '' ? word : ` ${word}`
  }
  return [...lines, `  ${line}`]
}
