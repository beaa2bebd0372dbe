import {editAt, type Operation} from './operation.ts'

/** Takes attributes and array elements away; what is not there is no error. */
export const unset = (path: string): Operation => editAt(path, {at: () => undefined})
