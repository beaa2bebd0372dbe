/** What the npm commands (`npm start`, `npm run seed` …) share: the option for the data folder. */
export const DATA_OPTION = {data: {type: 'string', default: '.lake'}} as const

/** Help text for the options that choose a dataset. */
export const TARGET_HELP = `  --dataset NAME      dataset (default production)
  --data DIR          data folder of the embedded lake (default .lake)`
