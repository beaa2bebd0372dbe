/** The data folder is named and found the same way by every command. */
export const DATA_OPTION = {data: {type: 'string', default: '.lake'}} as const

/** What commands that read or write a dataset say about where it is. */
export const TARGET_HELP = `  --dataset NAME      dataset (default production)
  --data DIR          data folder of the embedded lake (default .lake)`
