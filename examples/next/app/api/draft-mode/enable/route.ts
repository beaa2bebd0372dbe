/** Opened by the Studio: switches drafts on if its secret is right. */
import {validatePreviewUrl} from '@sanity/preview-url-secret'
import {draftMode} from 'next/headers'
import {redirect} from 'next/navigation'

import {editors} from '../../../../lib/lake'

export const GET = async (request: Request): Promise<Response> => {
  const {isValid, redirectTo = '/'} = await validatePreviewUrl(editors, request.url)
  if (!isValid) return new Response('This link is not valid any more.\n', {status: 401})
  ;(await draftMode()).enable()
  redirect(redirectTo)
}
