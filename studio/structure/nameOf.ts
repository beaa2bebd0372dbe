/** The desk: titles of lists that belong to a section or an author. */
import type {StructureResolverContext} from 'sanity/structure'

/** The name of a document, for the title of its list. */
export const nameOf = async (context: StructureResolverContext, id: string): Promise<string> => {
  const client = context.getClient({apiVersion: '2025-02-19'}).withConfig({perspective: 'drafts'})
  return (await client.fetch<string | null>('*[_id == $id][0].name', {id})) ?? 'Articles'
}
