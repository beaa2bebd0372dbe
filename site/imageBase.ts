/** Where the pictures of a dataset are. */

interface Place {
  readonly projectId: string
  readonly dataset: string
  /** The address of an embedded lake; hosted Sanity when absent. */
  readonly apiHost: string | undefined
}

/** The address in front of a picture's file name, without a slash at its end. */
export const imageBaseOf = ({projectId, dataset, apiHost}: Place): string =>
  `${apiHost ?? 'https://cdn.sanity.io'}/images/${projectId}/${dataset}`
