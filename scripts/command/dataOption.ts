/** The option for the data folder, the same for all commands. */
export const DATA_OPTION = {data: {type: 'string', default: '.lake'}} as const

/** Help text for the options that choose a dataset. */
export const TARGET_HELP = `  --dataset NAME      dataset (default production)
  --data DIR          data folder of the embedded lake (default .lake)`
