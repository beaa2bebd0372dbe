/**
 * Client limits of a server: connections, slow requests and unread responses. Times are in
 * milliseconds. All numbers are ours.
 */
export interface ClientLimits {
  /** Open connections, including event streams and web sockets. */
  readonly connections: number
  /** Open connections from one address; all clients behind a proxy share one. */
  readonly connectionsOfAddress: number
  /** How long the head of a request may take to arrive. */
  readonly headTime: number
  /** How long a body that is read into memory may take to arrive, and a refused one. */
  readonly bodyTime: number
  /** Bytes of an upload that must arrive in every `bodyTime`. */
  readonly uploadBytes: number
  /** Bytes of unfinished bodies: of all requests with a token, and of all without. */
  readonly knownBodyBytes: number
  readonly unknownBodyBytes: number
  /** How long an idle connection is kept open; proxies and clients reuse it for 60 s. */
  readonly idleTime: number
  /** How long a response may stay unread. */
  readonly responseTime: number
  /** Bytes of unread responses; beyond it the largest are cut off. */
  readonly responseBytes: number
  /** Open web sockets, and those that have not sent a token. */
  readonly sockets: number
  readonly unknownSockets: number
  /** How long a web socket may take to send its token. */
  readonly tokenTime: number
  /** Interval of pings to web sockets; one that does not answer is closed. */
  readonly heartbeat: number
}

const SECOND = 1000
const KB = 1024
const MB = 1024 * KB

export const CLIENT_LIMITS: ClientLimits = {
  connections: 5000,
  connectionsOfAddress: 3000,
  headTime: 30 * SECOND,
  bodyTime: 30 * SECOND,
  uploadBytes: 64 * KB,
  knownBodyBytes: 256 * MB,
  unknownBodyBytes: 32 * MB,
  idleTime: 65 * SECOND,
  responseTime: 60 * SECOND,
  responseBytes: 256 * MB,
  sockets: 1000,
  unknownSockets: 100,
  tokenTime: 30 * SECOND,
  heartbeat: 15 * SECOND,
}
