import {defineCliConfig} from 'sanity/cli'

export default defineCliConfig({
  api: {
    projectId: process.env['SANITY_STUDIO_PROJECT_ID'] ?? 'copydesk',
    dataset: process.env['SANITY_STUDIO_DATASET'] ?? 'production',
  },
  schemaExtraction: {
    path: 'schemas/schema.generated.json',
    enforceRequiredFields: true,
  },
  typegen: {
    path: './queries/**/*.ts',
    schema: './schemas/schema.generated.json',
    generates: './queries/sanity.types.generated.ts',
  },
})
