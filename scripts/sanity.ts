import {DATA_OPTION} from './command/dataOption.ts'
import {openLake} from './command/openLake.ts'
import {runCommand} from './command/runCommand.ts'
import {runSanity} from './command/runSanity.ts'
import {exportDataset, isExport} from './command/sanityExport.ts'

const HELP = `Runs a command of Sanity's own CLI against the embedded lake, with its project, dataset and token.

  npm run sanity -- [--data DIR] COMMAND …

  npm run sanity -- dataset list
  npm run sanity -- dataset import backup.tar.gz production
  npm run sanity -- dataset export production backup.tar.gz
  npm run sanity -- documents query '*[_type == "article"]'

  --data DIR  data folder of the embedded lake (default ${DATA_OPTION.data.default})
`

await runCommand('sanity', async (argv) => {
  const [first, second] = argv
  if (first === undefined || first === '--help' || first === '-h') {
    process.stdout.write(HELP)
    return 0
  }
  const named = first === '--data' && second !== undefined
  const dataDir = named ? second : DATA_OPTION.data.default
  const command = named ? argv.slice(2) : argv
  await using lake = await openLake(dataDir)
  // Awaited here, because the lake closes when this returns.
  return isExport(command)
    ? await exportDataset(lake, command.slice(2))
    : await runSanity(lake, command)
})
