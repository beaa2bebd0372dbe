/**
 * Keeps the memory of a process that serves a lake low, by having V8 collect garbage early. By
 * default V8 lets the young generation grow to 128 MB, and the old one to several times what is in
 * use, which for a server that parses a document per request is half a gigabyte of garbage.
 */
import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8'

/**
 * None of the flags is a limit, so the process still gets the memory that it needs. They are read
 * whenever the heap could grow, so they apply to threads that start later as well.
 *
 * For a process that does nothing but serve a lake: a library must not decide this for its program.
 */
export const keepMemoryLow = (): void => {
  // By default V8 does not collect the young generation while it marks the old one, and new objects
  // then take room for good: 15 to 25 MB each time where documents are read one after another.
  setFlagsFromString('--no-separate-gc-phases')
  // How much the old generation may grow, in per cent of what was in use at its last collection.
  setFlagsFromString(`--heap-growing-percent=${OLD_GENERATION_GROWTH}`)
  growYoungGeneration()
}

const OLD_GENERATION_GROWTH = 50
/** Multiplies the 1 MB with which each of its two halves starts. */
const YOUNG_GENERATION_FACTOR = 6

/**
 * Lets the young generation of this thread grow once, and never again. A request leaves little
 * garbage, and other threads keep their 1 MB; but the documents of a transaction live until it ends,
 * and objects that outlive the young generation are copied twice: with 1 MB an import takes a tenth
 * longer. V8 has no call for this. It grows when enough objects have survived, so this holds on to
 * objects until it has, which takes about four milliseconds.
 */
const growYoungGeneration = (): void => {
  const goal = YOUNG_GENERATION_FACTOR * youngGeneration()
  setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GENERATION_FACTOR}`)
  const held: object[] = []
  while (youngGeneration() < goal && held.length < MOST_HELD) {
    for (let count = 0; count < 1000; count += 1) held.push({count})
  }
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Number of objects; a tenth of it is enough for the V8 of Node 24. */
const MOST_HELD = 100_000

/** Its size in bytes; its second half is allocated only when it is needed. */
const youngGeneration = (): number =>
  getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space')?.space_size ?? 0
