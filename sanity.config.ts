import {visionTool} from '@sanity/vision'
import {defineConfig} from 'sanity'
import {structureTool} from 'sanity/structure'

import {schemaTypes} from './schemas/index.ts'
import {connection} from './studio/connection.ts'

export default defineConfig({
  name: 'default',
  title: 'Copydesk',
  ...connection,
  plugins: [structureTool(), visionTool()],
  schema: {types: schemaTypes},
})
