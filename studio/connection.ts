/** Where a Studio finds its documents. */
export interface Connection {
  readonly projectId: string
  readonly dataset: string
  /** Absent for hosted Sanity. The client puts the project id in front of its host name. */
  readonly apiHost?: string
}

/** The inputs: environment variables at build time, and the page's origin in a browser. */
export interface Surroundings {
  readonly projectId: string | undefined
  readonly dataset: string | undefined
  readonly apiHost: string | undefined
  readonly origin: string | undefined
}

const localProject = 'copydesk'
const localOrigin = 'http://localhost:3333'

/**
 * Hosted Sanity once a project is named; without one the embedded lake, which serves the Studio
 * and the API from one origin. `http://copydesk.localhost:3333` and `http://localhost:3333` are the
 * same lake: the client adds the project id itself, so it is taken off the page's origin first.
 */
export const connectionFrom = ({
  projectId = localProject,
  dataset = 'production',
  apiHost,
  origin = localOrigin,
}: Surroundings): Connection => {
  if (apiHost) return {projectId, dataset, apiHost}
  if (projectId !== localProject) return {projectId, dataset}
  return {projectId, dataset, apiHost: origin.replace(`//${projectId}.`, '//')}
}

/** Whether the lake serves both the Studio's page and its API. */
export const isServedByLake = (
  {projectId, apiHost}: Connection,
  origin: string | undefined,
): boolean => apiHost !== undefined && apiHost === origin?.replace(`//${projectId}.`, '//')

/**
 * The connection of this build. The bundler replaces each variable by its value, so each is written
 * in full.
 */
export const connection: Connection = connectionFrom({
  projectId: process.env.SANITY_STUDIO_PROJECT_ID || undefined,
  dataset: process.env.SANITY_STUDIO_DATASET || undefined,
  apiHost: process.env.SANITY_STUDIO_API_HOST || undefined,
  origin: globalThis.location?.origin,
})

/**
 * The site for readers that the Studio previews: the one that the build names, or that of `npm start`,
 * one port above a lake on this machine. Undefined without either.
 *
 * It has the Studio's host name: a browser would take another name for another site, and send it no
 * preview cookie in the Studio's frame.
 */
export const previewSite = (
  named: string | undefined,
  {apiHost, projectId}: Connection,
): string | undefined => {
  if (named) return named
  const lake = URL.parse(apiHost ?? '')
  if (lake === null || lake.hostname !== 'localhost' || lake.port === '') return undefined
  return `http://${projectId}.localhost:${Number(lake.port) + 1}`
}
