import {existsSync} from 'node:fs'

import {connect} from './connection.ts'

/**
 * Copies a dataset's file, whoever has it open: the state that it has at this call.
 * @param to A new file.
 * @throws When the file is not there: it would be a dataset of its own, and empty.
 */
export const copyDatabase = async (name: string, from: string, to: string): Promise<void> => {
  if (!existsSync(from)) throw new Error(`${from} is missing: the dataset "${name}" is damaged.`)
  const connection = connect(from, {readOnly: true, subject: `the dataset "${name}"`})
  try {
    await connection.copyTo(to)
  } finally {
    connection.close()
  }
}
