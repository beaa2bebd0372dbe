import {defineCliConfig} from 'sanity/cli'

import {connection} from './studio/connection.ts'

export default defineCliConfig({
  api: {projectId: connection.projectId, dataset: connection.dataset},
  // Pinned, so that the tested Studio is the one that runs, with or without a network.
  deployment: {autoUpdates: false},
  schemaExtraction: {
    path: 'schemas/schema.generated.json',
    enforceRequiredFields: true,
  },
  typegen: {
    path: './front/queries/*.ts',
    schema: './schemas/schema.generated.json',
    generates: './front/queries/sanity.types.generated.ts',
    overloadClientMethods: true,
  },
})
