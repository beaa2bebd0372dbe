/** Opened by the Studio: switches drafts on if its secret is right. */
import {validatePreviewUrl} from '@sanity/preview-url-secret'
import type {APIRoute} from 'astro'

import {editors, startPreview} from '../../../lib/lake'

export const GET: APIRoute = async ({request, cookies, redirect}) => {
  const {isValid, redirectTo = '/'} = await validatePreviewUrl(editors, request.url)
  if (!isValid) return new Response('This link is not valid any more.\n', {status: 401})
  startPreview(cookies)
  return redirect(redirectTo, 307)
}
