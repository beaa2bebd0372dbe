/** Opens the embedded lake for an npm command, or finds the one that is running. */
import {createLake, DEFAULT_PROJECT_ID, findRunningLake, startServer} from '@copydesk/lake'

/** A lake that answers over HTTP, and an administrator token for it. */
export interface OpenLake extends AsyncDisposable {
  readonly url: string
  readonly token: string
  readonly projectId: string
  /** Which lake it is, for messages. */
  readonly description: string
  /** The address of the Studio, of a lake that is running. */
  readonly studio?: string
}

/** The lake that is running on the data folder; otherwise opens the folder until disposed. */
export const openLake = async (dataDir: string): Promise<OpenLake> => {
  const running = await findRunningLake(dataDir)
  if (running !== null) {
    return {
      ...running,
      description: `the lake at ${running.url}`,
      studio: running.url,
      [Symbol.asyncDispose]: async () => {},
    }
  }
  const lake = createLake({dataDir, sendHooks: false})
  const server = await startServer({lake, port: 0})
  return {
    url: server.url,
    token: lake.token,
    projectId: DEFAULT_PROJECT_ID,
    description: `the embedded lake in ${dataDir}`,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await lake.close()
    },
  }
}
