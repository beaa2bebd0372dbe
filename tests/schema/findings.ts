import type {SanityClient} from '@sanity/client'
import {getFallbackLocaleSource} from '@sanity/validation/_internal'
import {type Path, pathToString, validateDocument} from 'sanity'

import {compiledSchema} from './compiledSchema.ts'
import type {TestDocument} from './documents.ts'

export interface Finding {
  readonly level: 'error' | 'warning' | 'info'
  readonly at: string
  readonly path: Path
  readonly says: string
}

/**
 * All findings of the schema for a document, in the order of its fields. In the Studio's
 * environment rules keep their levels; in the command line's, rules about whole objects are at most
 * warnings, and unknown fields are reported.
 */
export const findings = async (
  client: SanityClient,
  document: TestDocument,
  environment: 'studio' | 'cli' = 'studio',
): Promise<Finding[]> => {
  const markers = await validateDocument({
    document: {_createdAt: '', _updatedAt: '', _rev: '', ...document},
    workspace: {
      schema: compiledSchema,
      getClient: ({apiVersion}) => client.withConfig({apiVersion}),
      i18n: getFallbackLocaleSource(),
    },
    // The default collects ids for a quarter of a second before its request.
    getDocumentExists: ({id}) => client.fetch('count(*[_id == $id]) > 0', {id}),
    environment,
  })
  return markers.map(({level, path, message}) => ({
    level,
    at: pathToString(path),
    path,
    says: message,
  }))
}
