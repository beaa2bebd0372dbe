/** `lake token`: creates a token for a program. */
import {isRole, ROLES} from '../../access/roles.ts'
import {type Command, argument, readOptions, UsageError} from '../command.ts'
import {connect, createRobot} from '../connectToLake.ts'

export const tokenCommand: Command = {
  usage: 'token LABEL [--role ROLE]',
  summary: 'Create a token for a program and print it.',
  help: [
    'LABEL             name of the program',
    `--role ROLE       ${Object.keys(ROLES).join(', ')} (default viewer)`,
    '',
    'The token is stored as a hash, so it cannot be printed again.',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {role: {type: 'string', default: 'viewer'}})
    const label = argument(positionals, 'LABEL')
    const {role} = values
    if (!isRole(role)) {
      throw new UsageError(`Unknown role "${role}": use ${Object.keys(ROLES).join(', ')}.`)
    }
    await using connection = await connect(values.data)
    console.log(await createRobot(connection, label, role))
  },
}
