/**
 * Where a lake's Studio is. The Studio's client puts the project id before the lake's host name: a
 * page at that name has the same origin, which saves the browser a request before each request.
 */
import {hostName} from '../access/origin.ts'

/**
 * @param url The lake's address.
 * @returns Without a slash at the end. Other names than this machine's may have no such subdomain.
 */
export const studioUrl = (url: string, projectId: string): string => {
  const {protocol, host} = new URL(url)
  return hostName(host) === 'localhost' ? `${protocol}//${projectId}.${host}` : url
}
