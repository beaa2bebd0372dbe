import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8'

/**
 * For a process whose business is to serve a lake: has V8 collect garbage early. Left alone it lets
 * the young generation grow to 128 MB and the old one to several times what is in use before it
 * looks, which for a server that parses a document a request comes to half a gigabyte of nothing.
 * None of this is a limit, so nothing that needs memory is refused it; the flags are read whenever
 * the heap could grow, so they hold for threads started later as well.
 *
 * A library must not decide this for the program that it is part of: whoever starts the process
 * calls it.
 */
export const keepMemoryLow = (): void => {
  // While V8 looks through the old generation it would not look at the young one, and what is made
  // meanwhile takes room for good: 15 to 25 MB each time where documents are read one after another.
  setFlagsFromString('--no-separate-gc-phases')
  // The old one may grow by so much of what was in use when it was last looked through.
  setFlagsFromString(`--heap-growing-percent=${OLD_GENERATION_GROWTH}`)
  growYoungGeneration()
}

const OLD_GENERATION_GROWTH = 50
/** Of the 1 MB that each of its two halves begins with. */
const YOUNG_GENERATION_FACTOR = 6

/**
 * Lets the young generation of this thread grow once, and never again. What a request leaves behind
 * is small, and other threads keep their 1 MB; but the documents of a transaction must live until
 * it ends, and what outgrows the young generation is copied twice: an import takes a tenth longer
 * with 1 MB. V8 has no call for it. It grows when as much as it holds has survived, so something is
 * held on to until it has, which takes some four milliseconds.
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

/** Objects; a tenth is enough for the V8 of Node 24. */
const MOST_HELD = 100_000

/** Bytes that it has taken: its second half is not there before it is needed. */
const youngGeneration = (): number =>
  getHeapSpaceStatistics().find(({space_name}) => space_name === 'new_space')?.space_size ?? 0
