/** `lake sign-in`: a link that opens the Studio of a running lake, signed in as administrator. */
import {resolve} from 'node:path'

import {isJsonObject} from '../../core/document.ts'
import {messageIn} from '../../core/errors.ts'
import {findRunningLake, type FoundLake} from '../../server/findRunningLake.ts'
import {type Command, readOptions, UsageError} from '../command.ts'
import {requireLake} from '../connectToLake.ts'
import {studioUrl} from '../studioUrl.ts'

export const signInCommand: Command = {
  usage: 'sign-in [--studio URL]',
  summary: 'Print a link that opens the Studio, signed in.',
  help: [
    '--studio URL      address of the Studio (default: the lake’s own)',
    '',
    'Anyone who has the link can do what an administrator can, until the session ends.',
  ],
  run: async (argv) => {
    const {values} = readOptions(argv, {studio: {type: 'string'}})
    requireLake(values.data)
    const lake = await findRunningLake(resolve(values.data))
    if (lake === null) {
      throw new UsageError(`The lake of ${values.data} is not running. Start it: "lake start".`)
    }
    const studio = URL.parse(values.studio ?? studioUrl(lake.publicUrl, lake.projectId))
    if (studio === null) {
      throw new UsageError(`--studio must be a web address, not "${values.studio}".`)
    }
    studio.hash = `token=${await startSession(lake, studio)}`
    console.log(studio.href)
  },
}

/**
 * A session for the Studio's page, by the same requests as the sign-in page makes.
 * @throws UsageError when the lake does not trust the Studio's origin.
 */
const startSession = async ({url, token}: FoundLake, studio: URL): Promise<string> => {
  const login = `${url}/v2021-06-07/auth/login/lake?origin=${encodeURIComponent(studio.href)}`
  const body = new URLSearchParams({token})
  const answer = await fetch(login, {method: 'POST', body, redirect: 'manual'})
  const code = URL.parse(answer.headers.get('location') ?? '')?.hash.replace('#sid=', '')
  if (answer.status !== 303 || code === undefined) {
    throw new UsageError(messageIn(await answer.json(), answer.status))
  }
  const session: unknown = await (await fetch(`${url}/v2021-06-07/auth/fetch?sid=${code}`)).json()
  if (isJsonObject(session) && typeof session['token'] === 'string') return session['token']
  throw new UsageError(messageIn(session, 404))
}
