import {availableParallelism} from 'node:os'

export {MAX_RESULT_BYTES, QUERY_TIMEOUT} from '@copydesk/groq/engine'

/**
 * Every limit the lake keeps, with its source. "Documented" means Sanity's technical limits page
 * (sanity.io/docs/content-lake/technical-limits); "ours" protects one machine from one request.
 * Sizes are bytes, times are milliseconds unless the name says otherwise.
 */

const KB = 1024
const MB = 1024 * KB
/** The documented sizes are in SI units. */
const SI_KB = 1000
const SI_MB = 1000 * SI_KB
const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/** Documented: one document as JSON. */
export const MAX_DOCUMENT_BYTES = 32 * SI_MB
/** Documented: nesting of objects and arrays inside one document. */
export const MAX_DOCUMENT_DEPTH = 20
/** Documented: attributes (distinct paths) of one document. */
export const MAX_DOCUMENT_ATTRIBUTES = 1000
/** Documented, of the Growth plan: unique attributes of a dataset; 2,000 on the Free plan. */
export const MAX_DATASET_ATTRIBUTES = 10_000
/** Documented: characters of a document id (grammar in `ids.ts`). */
export const MAX_ID_LENGTH = 128
/** Documented: body of a mutate or an actions request. */
export const MAX_MUTATION_BYTES = 4 * SI_MB
/** Documented: body of a POST query to the CDN; ours for every POST query. */
export const MAX_QUERY_BODY_BYTES = 307_200
/** Ours: bodies of the small JSON endpoints (key-values, datasets, comments set-up). */
export const MAX_SMALL_BODY_BYTES = 64 * KB
/** Ours: levels of objects and lists in a request body, far above any document. */
export const MAX_JSON_DEPTH = 100
/** Documented: 15 KB of headers. Clients send URLs of up to 16,000 characters before them. */
export const MAX_HEADER_BYTES = 15 * SI_KB + 16_000
/** Documented: documents that a mutation by query may touch. */
export const MAX_MUTATED_BY_QUERY = 10_000
/** Ours: characters of one path in a patch; reading takes time that grows with their square. */
export const MAX_PATH_LENGTH = 4096
/** Ours: unions inside one another in a path, beyond anything that a document's depth allows. */
export const MAX_PATH_NESTING = 20
/** Ours: paths that one path with unions stands for, `[a, b][c, d]` four; they multiply. */
export const MAX_PATH_ROUTES = 1000
/** Ours: ids in one `/data/doc` or `/data/history` path. */
export const MAX_IDS_IN_PATH = 1000

/** Documented: how long the mutations or actions of one request may run together. */
export const MUTATION_TIMEOUT = 3 * MINUTE
/** Documented: queries, and mutate and actions requests, at work on one dataset at once. */
export const MAX_QUERIES_AT_ONCE = 500
export const MAX_MUTATIONS_AT_ONCE = 100
/**
 * Ours: how long a mutate or actions request waits for its turn to write to the dataset, which is
 * less than the minute that many clients and proxies wait; and the bodies of those that wait.
 */
export const WRITE_PATIENCE = 45 * SECOND
export const MAX_WAITING_WRITE_BYTES = 128 * MB
/** Documented: requests per client address and second; kept by lakes with `rateLimits`. */
export const MAX_CALLS_PER_SECOND = 500
export const MAX_MUTATIONS_PER_SECOND = 25
export const MAX_UPLOADS_PER_SECOND = 25
/** Ours: addresses whose requests are counted one by one; what others send is counted together. */
export const MAX_RATED_ADDRESSES = 10_000
/** Documented: how long an export may run. */
export const EXPORT_TIMEOUT = 5 * MINUTE
/** Ours: exports of one dataset at once; each holds a state of it, and its file's log grows. */
export const MAX_EXPORTS_AT_ONCE = 8
/** Documented: how long a listener lives before the server ends it; clients reconnect. */
export const LISTENER_LIFETIME = 30 * MINUTE
/** Ours: how long a query may keep other requests waiting before it moves to another thread. */
export const SERVING_THREAD_TIME = 8
/** Ours: the same for a dataset in memory, which must be copied for another thread. */
export const MEMORY_SERVING_THREAD_TIME = 250
/**
 * Ours: how long requests together may keep one turn of the event loop before the rest waits for the
 * next one; see turnAllowance.ts. The last of them may take a time of its own on top. What is known
 * to be quick may still be answered up to the second of these: an article by its slug is not to wait
 * for searches. And how long a query took that is known to be quick.
 */
export const SERVING_THREAD_TURN_TIME = 25
export const SERVING_THREAD_QUICK_TURN_TIME = 50
export const QUICK_QUERY_TIME = 1
/** Ours: bodies of requests that wait for a turn, in each lane; the next one gets 429. */
export const MAX_WAITING_FOR_TURN_BYTES = 32 * MB
/**
 * Ours: how long a transaction may keep the serving thread at work before it is rolled back and
 * begun anew in another thread; how much the documents may weigh that it reads and stores, in units
 * of packages/groq/src/execution/budget.ts, a character an eighth; and bodies, and mutations in one, that are not worth
 * trying here first.
 */
export const SERVING_THREAD_WRITE_TIME = 25
export const SERVING_THREAD_WRITE_WEIGHT = (512 * KB) / 8
export const SERVING_THREAD_WRITE_BYTES = 320 * KB
export const SERVING_THREAD_MUTATIONS = 250
/**
 * Ours: the same for the larger body of an import while nobody listens to the dataset. It costs a
 * third less here than in another thread. It is parsed in a turn of its own, which its time does not
 * count. After one that is too much for this thread, the next one goes to the other untried; after
 * each that is too much again, twice as many do.
 */
export const SERVING_THREAD_IMPORT_BYTES = 1536 * KB
export const SERVING_THREAD_IMPORT_TIME = 38
export const SERVING_THREAD_IMPORT_WEIGHT = (2560 * KB) / 8
export const SERVING_THREAD_IMPORT_MUTATIONS = 500
export const MOST_UNTRIED_IMPORTS = 16
/**
 * Ours: long queries at work at once, each in a thread that takes 50 MB and a processor core, of
 * which the serving thread needs one; and those that may wait for their turn. So many of callers
 * with a token, and of those without, but only one more of both together.
 */
export const MAX_SCANS = availableParallelism() > 2 ? 2 : 1
export const MAX_WAITING_SCANS = 500
/** Ours: long queries of callers without a token that may wait. */
export const MAX_WAITING_ANONYMOUS_SCANS = 50

/*
 * Memory. A process that serves one dataset begins with about 115 MB, of which 63 are Node's own code
 * and 12 the young generation; what it keeps adds at most 12 + 6 + 4 + 12 MB in this thread, and
 * 15 + 4 + 2 MB in each of the scan threads (MAX_SCANS), which end when they are idle. Garbage comes
 * on top: half of that at most (see server/keepMemoryLow.ts), and what a query at work holds, which
 * in a scan thread is bounded as well.
 */
/** Ours: parsed documents kept for being read again, per dataset, as far as can be estimated. */
export const MAX_DOCUMENT_CACHE_BYTES = 12 * MB
/** Ours: pages that SQLite keeps; the operating system keeps more, which nobody is charged for. */
export const PAGE_CACHE_BYTES = 6 * MB
/** Ours: rows of indexes kept for being read again, per dataset; some 200 bytes each. */
export const MAX_REMEMBERED_ROWS = 20_000
/** Ours: results kept for being asked again, per dataset. */
export const MAX_CACHED_RESULT_BYTES = 8 * MB
/**
 * Ours: one of these. A few that are larger would push out all others, and the memory of what goes
 * is not free before a full collection.
 */
export const MAX_CACHED_ANSWER_BYTES = 128 * KB
/** Ours: whole responses kept for requests that come again, of all datasets. */
export const MAX_RESPONSE_CACHE_BYTES = 4 * MB
/** Ours: the same in a scan thread, whose readers seldom come twice for one document. */
export const MAX_SCAN_DOCUMENT_CACHE_BYTES = 4 * MB
export const SCAN_PAGE_CACHE_BYTES = 2 * MB
/** Ours: memory of one scan thread; documented are 500 MB for a query. */
export const MAX_SCAN_THREAD_MB = 192
/** Ours: a scan thread that has had nothing to do for so long ends. */
export const SCAN_THREAD_IDLE_TIME = 10 * SECOND

/** Ours: the same of the writer thread, which is there while there are large transactions. */
export const MAX_WRITER_DOCUMENT_CACHE_BYTES = 2 * MB
export const WRITER_PAGE_CACHE_BYTES = 6 * MB
/** Ours: memory of one writer thread: a transaction's documents, before and after, lie in it. */
export const MAX_WRITER_THREAD_MB = 1024
/** Ours: of that for new objects. They live as long as their transaction; 16 MB cost a fifth more. */
export const WRITER_THREAD_YOUNG_MB = 64
/** Ours: a writer thread that has had nothing to do for so long ends. */
export const WRITER_THREAD_IDLE_TIME = 10 * SECOND

/** Documented: documents in one release, and their bytes together. */
export const MAX_RELEASE_DOCUMENTS = 1000
export const MAX_RELEASE_BYTES = 100 * SI_MB
/** Ours: hosted projects have a limit by plan. */
export const MAX_ACTIVE_RELEASES = 100

/** Documented: pixels of an uploaded image, and the longer side of a transformed one. */
export const MAX_IMAGE_PIXELS = 256_000_000
export const MAX_IMAGE_OUTPUT_SIDE = 8192
/** Ours: one uploaded asset. */
export const MAX_ASSET_BYTES = 1024 * MB
/** Ours: one uploaded SVG, which is parsed in memory. */
export const MAX_SVG_BYTES = 10 * MB
/** Ours: how long the bytes of an asset stay when its document is deleted; see README. */
export const DELETED_ASSET_LIFETIME = 30 * DAY
/** Ours: how often a lake that runs looks for such bytes, and how soon after its start. */
export const ASSET_SWEEP_INTERVAL = DAY
export const FIRST_ASSET_SWEEP = 10 * MINUTE
/** Ours: images worked on at once, and those that may wait for their turn. */
export const MAX_IMAGE_JOBS = 2
export const MAX_WAITING_IMAGE_JOBS = 500
export const MAX_WAITING_IMAGE_JOBS_OF_CLIENT = 200
/** Ours: processor time for decoding and transforming one image, and for drawing an SVG. */
export const IMAGE_TIMEOUT = 30 * SECOND
export const VECTOR_TIMEOUT = 10 * SECOND
/** Ours: SVGs drawn at once, so that other images never wait for all of them; and those waiting. */
export const MAX_VECTOR_JOBS = 1
export const MAX_WAITING_VECTOR_JOBS = 50
/** Ours: how long an image may wait for its turn. */
export const IMAGE_PATIENCE = 60 * SECOND
/** Ours: how long work goes on when nobody waits for its result any more. */
export const UNWANTED_IMAGE_TIME = SECOND
/** Ours: an image that took too long is not tried again for so long; and how many are remembered. */
export const SLOW_IMAGE_MEMORY = 10 * MINUTE
export const MAX_SLOW_IMAGES = 1000
/** Ours: memory of a process that works on images; 256 million pixels with transparency take 1 GB. */
export const MAX_IMAGE_PROCESS_BYTES = 1536 * MB
/** Ours: a process for images that has had nothing to do for so long ends. */
export const IMAGE_PROCESS_IDLE_TIME = 30 * SECOND
/** Ours: transformed images kept on disk. */
export const IMAGE_CACHE_BYTES = 512 * MB

/** Ours: datasets of one lake; hosted projects have a limit by plan. */
export const MAX_DATASETS = 250
/** Ours: how long a request waits for a dataset that is being emptied, deleted or copied to. */
export const DATASET_WAIT = 10 * SECOND
/** Ours: what the Studio can remember for one user: keys, and their bytes together with values. */
export const MAX_SETTINGS = 500
export const MAX_SETTINGS_BYTES = 512 * KB
/** Ours: web origins listed for the project. */
export const MAX_ORIGINS = 200
/** Ours: documents in one page of an export with cursors. */
export const EXPORT_PAGE_DOCUMENTS = 1000
/** Ours: what may wait for one slow reader of a stream; beyond it the stream is cut. */
export const MAX_STREAM_BACKLOG_BYTES = 8 * MB
/** Ours: what may wait for all readers of streams and sockets; beyond it the slowest are cut. */
export const MAX_BACKLOG_BYTES = 64 * MB
/** Ours: what a listener that comes back is told of what it missed; with more it starts afresh. */
export const MAX_REPLAY_BYTES = 4 * MB
/** Ours: how long a reader has to take what waits for it when its stream has ended. */
export const STREAM_END_GRACE = 10 * SECOND
/** Ours: a comment line keeps proxies and clients from closing a silent stream. */
export const STREAM_HEARTBEAT = 15 * SECOND
/** Ours: how many host names listeners are spread over; browsers open six connections to each. */
export const LISTENER_HOSTS = 64
/** Ours: open event streams of one lake. */
export const MAX_OPEN_STREAMS = 2000
/** Ours: those of one user at one network address, and those of all clients without a token. */
export const MAX_STREAMS_OF_CLIENT = 1000
export const MAX_ANONYMOUS_STREAMS = 1500
/** Ours: sessions of one token; every start of a lake with a Studio begins one for its link. */
export const MAX_SESSIONS = 100
/** Ours: how long a session of a Studio lasts. */
export const SESSION_LIFETIME = 90 * DAY
/** Ours: how long a sign-in code or a listener's ticket is good. */
export const TEMPORARY_CODE_LIFETIME = MINUTE
/** Ours: one message of a presence socket, and what may wait for a slow one. */
export const MAX_SOCKET_MESSAGE_BYTES = 64 * KB
export const MAX_SOCKET_BACKLOG_BYTES = MB
/** Ours: of one presence socket; a Studio has one of each. Every message goes to every subscription. */
export const MAX_PRESENCE_SUBSCRIPTIONS = 20
export const MAX_PRESENCE_SESSIONS = 20
/** Ours: characters of a session's name; they are kept until the socket closes. */
export const MAX_SESSION_NAME_LENGTH = 256
