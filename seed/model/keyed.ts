/** An object as a member of an array: with the `_key` by which Sanity tells members apart. */
import {z} from 'zod'

export function keyed<Shape extends z.ZodRawShape>(object: z.ZodObject<Shape, z.core.$strict>) {
  const member = object.extend({_key: z.string().min(1)})
  const meta = object.meta()
  return meta ? member.meta(meta) : member
}
