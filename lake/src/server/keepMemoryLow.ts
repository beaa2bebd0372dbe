import {setFlagsFromString} from 'node:v8'

/**
 * For a process whose business is to serve a lake: has V8 collect garbage early. Left alone it lets
 * the young generation grow to 128 MB and the old one to several times what is in use before it
 * looks, which for a server that parses a document a request comes to half a gigabyte of nothing.
 * Neither flag is a limit, so nothing that needs memory is refused it; both are read whenever the
 * heap could grow, so they hold for threads started later as well.
 *
 * A library must not decide this for the program that it is part of: whoever starts the process
 * calls it.
 */
export const keepMemoryLow = (): void => {
  // The young generation stays as it is: 1 MB. What a request leaves behind is small.
  setFlagsFromString('--semi-space-growth-factor=1')
  // The old one may grow by so much of what was in use when it was last looked through.
  setFlagsFromString(`--heap-growing-percent=${OLD_GENERATION_GROWTH}`)
}

const OLD_GENERATION_GROWTH = 75
