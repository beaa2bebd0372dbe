/**
 * What clients may hold of a server without asking it anything: open connections, requests that do
 * not arrive, answers that nobody reads. Times are milliseconds. All numbers are ours.
 */
export interface ClientLimits {
  /** Open connections, those of event streams and web sockets included. */
  readonly connections: number
  /** Of them, those from one address; everybody behind one proxy comes from one. */
  readonly connectionsOfAddress: number
  /** How long the head of a request may take. */
  readonly headTime: number
  /** How long a body may take that is read into memory, and a connection that says nothing more. */
  readonly bodyTime: number
  /** Bytes of an upload that must arrive in each `bodyTime`. */
  readonly uploadBytes: number
  /** Bytes of bodies that arrive at once: of requests with a token, and of all others together. */
  readonly knownBodyBytes: number
  readonly unknownBodyBytes: number
  /** How long a connection is kept for another request; proxies and clients reuse it for 60 s. */
  readonly idleTime: number
  /** How long an answer may lie without its reader taking any of it. */
  readonly responseTime: number
  /** Bytes of answers that their readers have not taken yet; beyond it the largest are cut. */
  readonly responseBytes: number
  /** Open web sockets, and those of them that have sent no token. */
  readonly sockets: number
  readonly unknownSockets: number
  /** How long a web socket may take to send its token. */
  readonly tokenTime: number
  /** Web sockets are asked in this interval whether they are there; who does not answer is cut. */
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
