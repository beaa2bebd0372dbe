/**
 * A webhook of the dataset: tells a site that cannot follow the lake's live events of each change.
 * https://www.sanity.io/docs/webhooks
 */
import {isValidSignature, SIGNATURE_HEADER_NAME} from '@sanity/webhook'

/** More than any projection of one document that a site would ask for, in characters. */
const LONGEST = 1_000_000

/**
 * Calls `onChange` if the request was signed with the secret of the webhook.
 * @returns 204, 401 for any other signature, 413 for a body that no webhook sends
 */
export const receiveHook = async (
  request: Request,
  secret: string,
  onChange: () => void,
): Promise<Response> => {
  const signature = request.headers.get(SIGNATURE_HEADER_NAME) ?? ''
  const length = Number(request.headers.get('content-length') ?? 0)
  if (length > LONGEST) return new Response('The body is too long.\n', {status: 413})
  const isOurs = await isValidSignature(await request.text(), signature, secret)
  if (!isOurs) {
    const advice = 'Set SITE_HOOK_SECRET to the secret of the webhook.'
    return new Response(`The signature is not that of this site's webhook. ${advice}\n`, {
      status: 401,
    })
  }
  onChange()
  return new Response(null, {status: 204})
}
