import {visionTool} from '@sanity/vision'
import {defineConfig} from 'sanity'
import {structureTool} from 'sanity/structure'

import {schemaTypes} from './schemas/index.ts'

export default defineConfig({
  name: 'default',
  title: 'Copydesk',
  projectId: process.env['SANITY_STUDIO_PROJECT_ID'] ?? 'copydesk',
  dataset: process.env['SANITY_STUDIO_DATASET'] ?? 'production',
  plugins: [structureTool(), visionTool()],
  schema: {types: schemaTypes},
})
