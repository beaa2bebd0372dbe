/** How long a lake may take to stop, in milliseconds from the signal to the end of the process. */
export const SHUT_DOWN_TIME = 10_000
