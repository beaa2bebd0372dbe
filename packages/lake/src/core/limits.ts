/**
 * Every limit of the lake, with its source. "Documented" means Sanity's technical limits page
 * (sanity.io/docs/content-lake/technical-limits); "Ours" protects one machine from one request.
 * Sizes are in bytes and times in milliseconds unless the name says otherwise.
 */
import {availableParallelism} from 'node:os'

export {MAX_RESULT_BYTES, QUERY_TIMEOUT} from '@copydesk/groq/engine'

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
/** Ours: nesting of objects and arrays in a request body, far above any document. */
export const MAX_JSON_DEPTH = 100
/** Documented: 15 KB of headers. Clients send URLs of up to 16,000 characters before them. */
export const MAX_HEADER_BYTES = 15 * SI_KB + 16_000
/** Documented: documents that a mutation by query may touch. */
export const MAX_MUTATED_BY_QUERY = 10_000
/** Ours: characters of one path in a patch; parsing time grows with their square. */
export const MAX_PATH_LENGTH = 4096
/** Ours: nested unions in a path, more than any document's depth allows. */
export const MAX_PATH_NESTING = 20
/** Ours: paths that a path with unions expands to; `[a, b][c, d]` is four. */
export const MAX_PATH_ROUTES = 1000
/** Ours: ids in one `/data/doc` or `/data/history` path. */
export const MAX_IDS_IN_PATH = 1000

/** Documented: how long the mutations or actions of one request may run together. */
export const MUTATION_TIMEOUT = 3 * MINUTE
/** Documented: concurrent queries, and concurrent mutate and actions requests, on one dataset. */
export const MAX_QUERIES_AT_ONCE = 500
export const MAX_MUTATIONS_AT_ONCE = 100
/**
 * Ours: how long a mutate or actions request waits to write to the dataset, less than the minute that
 * many clients and proxies wait; and the total size of the bodies that wait.
 */
export const WRITE_PATIENCE = 45 * SECOND
export const MAX_WAITING_WRITE_BYTES = 128 * MB
/** Documented: requests per client address and second; enforced by lakes with `rateLimits`. */
export const MAX_CALLS_PER_SECOND = 500
export const MAX_MUTATIONS_PER_SECOND = 25
export const MAX_UPLOADS_PER_SECOND = 25
/** Ours: addresses that are counted individually; all others are counted together. */
export const MAX_RATED_ADDRESSES = 10_000
/** Documented: how long an export may run. */
export const EXPORT_TIMEOUT = 5 * MINUTE
/** Ours: concurrent exports of one dataset; each holds a snapshot, so that SQLite's log grows. */
export const MAX_EXPORTS_AT_ONCE = 8
/** Documented: how long a listener stays open before the server ends it; clients reconnect. */
export const LISTENER_LIFETIME = 30 * MINUTE
/** Ours: how long a query may run in the serving thread before it moves to another thread. */
export const SERVING_THREAD_TIME = 8
/** Ours: the same for a dataset in memory, which another thread has to copy first. */
export const MEMORY_SERVING_THREAD_TIME = 250
/**
 * Ours: how much time requests may take together in one turn of the event loop before the others wait
 * for the next turn; see requestScheduler.ts. The last request may exceed it. Requests known to be
 * quick may go on up to the second limit, so that an article by its slug does not wait for searches. A
 * query counts as quick up to the third.
 */
export const SERVING_THREAD_TURN_TIME = 25
export const SERVING_THREAD_QUICK_TURN_TIME = 50
export const QUICK_QUERY_TIME = 1
/** Ours: total size of the bodies that wait in one lane of the scheduler; beyond it requests get 429. */
export const MAX_WAITING_FOR_TURN_BYTES = 32 * MB
/**
 * Ours: how long a transaction may run in the serving thread before it is rolled back and started
 * again in another thread; how much the documents that it reads and stores may weigh, in the units of
 * packages/groq/src/execution/budget.ts, where a character counts as an eighth; and from which size of
 * a body, and number of mutations in it, the serving thread is not tried first.
 */
export const SERVING_THREAD_WRITE_TIME = 25
export const SERVING_THREAD_WRITE_WEIGHT = (512 * KB) / 8
export const SERVING_THREAD_WRITE_BYTES = 320 * KB
export const SERVING_THREAD_MUTATIONS = 250
/** Ours: writes that arrive together share a flush until they have taken this long. */
export const SERVING_THREAD_TIME_TOGETHER = 8
/**
 * Ours: the same for the larger body of an import while the dataset has no listeners, which costs a
 * third less here than in another thread. Parsing happens in a turn of its own and is not counted.
 * After an import that was too much for this thread, the next one goes to the other thread directly;
 * each further failure doubles that number. In a new process, before its code is optimised, a batch
 * takes up to 52 ms. At a limit of 38 ms it was often done twice, and the first import of 2,500
 * articles took 1.45 times as long.
 */
export const SERVING_THREAD_IMPORT_BYTES = 1536 * KB
export const SERVING_THREAD_IMPORT_TIME = 60
export const SERVING_THREAD_IMPORT_WEIGHT = (2560 * KB) / 8
export const SERVING_THREAD_IMPORT_MUTATIONS = 500
export const MOST_UNTRIED_IMPORTS = 16
/**
 * Ours: concurrent long queries, and those that may wait. Each runs in a thread that takes 50 MB and a
 * processor core; the serving thread needs a core too. The limit applies to callers with a token and
 * to those without one, with at most one more for both together.
 */
export const MAX_SCANS = availableParallelism() > 2 ? 2 : 1
export const MAX_WAITING_SCANS = 500
/** Ours: long queries that may wait, of callers without a token. */
export const MAX_WAITING_ANONYMOUS_SCANS = 50

/*
 * Memory. A process that serves one dataset starts with about 115 MB, of which 63 are Node's own code
 * and 12 the young generation. Caches add at most what core/cache/caches.ts lists, and 6 MB of SQLite's
 * pages; less in each scan thread (MAX_SCANS, and one for indexes), which ends when it is idle.
 * Garbage adds at most half of that (see server/keepMemoryLow.ts), and a running query adds what it
 * holds, which has a limit in a scan thread.
 */
/** Ours: cache of parsed documents, per dataset; an estimate. */
export const MAX_DOCUMENT_CACHE_BYTES = 12 * MB
/** Ours: SQLite's page cache; the operating system caches more, outside of this process. */
export const PAGE_CACHE_BYTES = 6 * MB
/** Ours: cached rows of indexes, per dataset. */
export const MAX_ROW_CACHE_BYTES = 4 * MB
/** Ours: cache of query results, per dataset. */
export const MAX_CACHED_RESULT_BYTES = 8 * MB
/**
 * Ours: one cached result. A few larger ones would evict all others, and their memory is not freed
 * before a full garbage collection.
 */
export const MAX_CACHED_ANSWER_BYTES = 128 * KB
/** Ours: cache of query plans, per dataset. */
export const MAX_PLAN_CACHE_BYTES = 12 * MB
/** Ours: cache of the numbers that stand for referenced ids in an index, per dataset. */
export const MAX_TARGET_CACHE_BYTES = 5 * MB
/** Ours: cache of whole responses, for all datasets. */
export const MAX_RESPONSE_CACHE_BYTES = 4 * MB
/** Ours: cache of parsed documents in a scan thread, which seldom reads a document twice. */
export const MAX_SCAN_DOCUMENT_CACHE_BYTES = 4 * MB
export const SCAN_PAGE_CACHE_BYTES = 2 * MB
/** Ours: memory of one scan thread; documented are 500 MB for a query. */
export const MAX_SCAN_THREAD_MB = 192
/** Ours: an idle scan thread ends after this time. */
export const SCAN_THREAD_IDLE_TIME = 10 * SECOND

/** Ours: caches of the writer thread, which exists while there are large transactions. */
export const MAX_WRITER_DOCUMENT_CACHE_BYTES = 2 * MB
export const WRITER_PAGE_CACHE_BYTES = 6 * MB
/** Ours: memory of one writer thread, which holds a transaction's documents before and after. */
export const MAX_WRITER_THREAD_MB = 1024
/** Ours: how much of it is for new objects, which live as long as their transaction; 16 MB is a fifth slower. */
export const WRITER_THREAD_YOUNG_MB = 64
/** Ours: an idle writer thread ends after this time. */
export const WRITER_THREAD_IDLE_TIME = 10 * SECOND

/** Documented: documents in one release, and their total size. */
export const MAX_RELEASE_DOCUMENTS = 1000
export const MAX_RELEASE_BYTES = 100 * SI_MB
/** Ours: active releases; the limit of hosted projects depends on their plan. */
export const MAX_ACTIVE_RELEASES = 100

/** Documented: pixels of an uploaded image, and the longer side of a transformed one. */
export const MAX_IMAGE_PIXELS = 256_000_000
export const MAX_IMAGE_OUTPUT_SIDE = 8192
/** Ours: one uploaded asset. */
export const MAX_ASSET_BYTES = 1024 * MB
/** Ours: one uploaded SVG, which is parsed in memory. */
export const MAX_SVG_BYTES = 10 * MB
/** Ours: how long the bytes of an asset are kept after its document is deleted; see README. */
export const DELETED_ASSET_LIFETIME = 30 * DAY
/** Ours: how often a running lake removes such bytes, and how soon after its start. */
export const ASSET_SWEEP_INTERVAL = DAY
export const FIRST_ASSET_SWEEP = 10 * MINUTE
/** Ours: images that are processed at the same time, and those that may wait. */
export const MAX_IMAGE_JOBS = 2
export const MAX_WAITING_IMAGE_JOBS = 500
export const MAX_WAITING_IMAGE_JOBS_OF_CLIENT = 200
/** Ours: processor time for decoding and transforming one image, and for drawing an SVG. */
export const IMAGE_TIMEOUT = 30 * SECOND
export const VECTOR_TIMEOUT = 10 * SECOND
/** Ours: SVGs that are drawn at the same time, so that other images do not wait for all of them; and those that may wait. */
export const MAX_VECTOR_JOBS = 1
export const MAX_WAITING_VECTOR_JOBS = 50
/** Ours: how long an image may wait. */
export const IMAGE_PATIENCE = 60 * SECOND
/** Ours: how long work on an image goes on after its last client has gone. */
export const UNWANTED_IMAGE_TIME = SECOND
/** Ours: how long an image that took too long is not tried again; and how many are remembered. */
export const SLOW_IMAGE_MEMORY = 10 * MINUTE
export const MAX_SLOW_IMAGES = 1000
/** Ours: memory of an image process; 256 million pixels with transparency take 1 GB. */
export const MAX_IMAGE_PROCESS_BYTES = 1536 * MB
/** Ours: an idle image process ends after this time. */
export const IMAGE_PROCESS_IDLE_TIME = 30 * SECOND
/** Ours: transformed images kept on disk. */
export const IMAGE_CACHE_BYTES = 512 * MB

/** Ours: datasets of one lake; the limit of hosted projects depends on their plan. */
export const MAX_DATASETS = 250
/** Ours: how long a request waits for a dataset that is being emptied, deleted or copied to. */
export const DATASET_WAIT = 10 * SECOND
/** Ours: the Studio's settings of one user: number of keys, and total size of keys and values. */
export const MAX_SETTINGS = 500
export const MAX_SETTINGS_BYTES = 512 * KB
/** Ours: web origins in the project's list. */
export const MAX_ORIGINS = 200
/** Ours: webhooks of one lake (hosted plans allow 2, 4 or more). Each sends one request at a time. */
export const MAX_HOOKS = 100
/** Ours: one message of a webhook, which is the result of its projection. */
export const MAX_HOOK_PAYLOAD_BYTES = MB
/**
 * Ours: messages of one webhook that wait to be sent, and their total size. Further changes wait in
 * the history of the dataset.
 */
export const MAX_WAITING_MESSAGES = 1000
export const MAX_WAITING_MESSAGE_BYTES = 16 * MB
/** Documented: how long a receiver may take to answer. */
export const HOOK_TIMEOUT = 30 * SECOND
/** Documented: how long a message is tried again. */
export const HOOK_PATIENCE = 30 * MINUTE
/** Ours: the first pause before a message is tried again, which doubles each time, and the longest. */
export const FIRST_HOOK_PAUSE = SECOND
export const LONGEST_HOOK_PAUSE = 5 * MINUTE
/** Ours: how long finished messages are kept, and how many for each webhook. */
export const HOOK_LOG_LIFETIME = 7 * DAY
export const MAX_LOGGED_MESSAGES = 2000
/** Ours: how much of a receiver's answer is kept. */
export const MAX_HOOK_ANSWER_BYTES = 4 * KB
/** Ours: tests and repeated deliveries that administrators ask for at the same time. */
export const MAX_HOOK_TESTS = 5
/** Ours: documents in one page of an export with cursors. */
export const EXPORT_PAGE_DOCUMENTS = 1000
/** Ours: backlog of one slow client of a stream; beyond it the stream is closed. */
export const MAX_STREAM_BACKLOG_BYTES = 8 * MB
/** Ours: backlog of all clients of streams and sockets; beyond it the slowest are closed. */
export const MAX_BACKLOG_BYTES = 64 * MB
/** Ours: missed events that are sent to a listener when it reconnects; with more it starts from scratch. */
export const MAX_REPLAY_BYTES = 4 * MB
/** Ours: how long a client may take to read its backlog when its stream has ended. */
export const STREAM_END_GRACE = 10 * SECOND
/** Ours: interval of comment lines, which keep proxies and clients from closing a silent stream. */
export const STREAM_HEARTBEAT = 15 * SECOND
/** Ours: number of host names for listeners; browsers open six connections to each. */
export const LISTENER_HOSTS = 64
/** Ours: open event streams of one lake. */
export const MAX_OPEN_STREAMS = 2000
/** Ours: open event streams of one user at one address, and of all clients without a token. */
export const MAX_STREAMS_OF_CLIENT = 1000
export const MAX_ANONYMOUS_STREAMS = 1500
/** Ours: sessions of one token; each start of a lake with a Studio creates one for its link. */
export const MAX_SESSIONS = 100
/** Ours: how long a session of a Studio lasts. */
export const SESSION_LIFETIME = 90 * DAY
/** Ours: how long a sign-in code or a listener's ticket is valid. */
export const TEMPORARY_CODE_LIFETIME = MINUTE
/** Ours: size of one message of a presence socket, and backlog of a slow one. */
export const MAX_SOCKET_MESSAGE_BYTES = 64 * KB
export const MAX_SOCKET_BACKLOG_BYTES = MB
/** Ours: per presence socket; a Studio uses one of each. Every message goes to every subscription. */
export const MAX_PRESENCE_SUBSCRIPTIONS = 20
export const MAX_PRESENCE_SESSIONS = 20
/** Ours: characters of a session's name, which is kept until the socket closes. */
export const MAX_SESSION_NAME_LENGTH = 256
