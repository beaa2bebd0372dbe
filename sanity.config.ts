import {visionTool} from '@sanity/vision'
import {defineConfig} from 'sanity'
import {presentationTool} from 'sanity/presentation'
import {structureTool} from 'sanity/structure'

import {schemaTypes} from './schemas/index.ts'
import {newsActions} from './studio/actions/newsActions.ts'
import {allowPlainHttp} from './studio/allowPlainHttp.ts'
import {articleBadges} from './studio/badges/articleBadges.ts'
import {storiesTool} from './studio/bulk/storiesTool.ts'
import {connection, isServedByLake, previewSite} from './studio/connection.ts'
import {countAsOnline} from './studio/countAsOnline.ts'
import {NewsInput} from './studio/form/NewsInput.tsx'
import {NewsItem} from './studio/form/NewsItem.tsx'
import {StoryPlugins} from './studio/form/StoryPlugins.tsx'
import {homeTool} from './studio/home/homeTool.ts'
import {newsInspectors} from './studio/inspectors/deskNotes.tsx'
import {WithKeys} from './studio/keys/Keys.tsx'
import {mainDocuments} from './studio/locations/mainDocuments.ts'
import {newsLocations} from './studio/locations/newsLocations.ts'
import {newsroomClient} from './studio/newsroomClient.ts'
import {DeskLook} from './studio/structure/DeskLook.tsx'
import {documentViews} from './studio/structure/documentViews.ts'
import {newsDesk} from './studio/structure/newsDesk.ts'
import {newDocumentMenu} from './studio/templates/newDocumentMenu.ts'
import {newsTemplates} from './studio/templates/newsTemplates.ts'
import {forRoles} from './studio/tools.ts'
import {deskWords} from './studio/words/deskWords.ts'
import {validationWords} from './studio/words/validationWords.ts'

/** The address of the preview site; without one the Studio has no Presentation tool. */
const named = process.env.SANITY_STUDIO_PREVIEW_URL
const site = previewSite(named, connection)

/** The path that switches previews on. Ours is known; another site has to name its own. */
const enable = process.env.SANITY_STUDIO_PREVIEW_ENABLE || (named ? '' : '/api/preview/enable')

if (connection.apiHost && globalThis.sessionStorage) {
  allowPlainHttp(globalThis.sessionStorage, new Date())
}

const isOnLake = isServedByLake(connection, globalThis.location?.origin)
if (isOnLake) {
  countAsOnline(globalThis.navigator, globalThis.location.hostname)
}

export default defineConfig({
  name: 'default',
  title: 'Copydesk',
  ...connection,
  unstable_clientFactory: newsroomClient(isOnLake),
  plugins: [
    structureTool({
      title: 'Desk',
      structure: newsDesk,
      defaultDocumentNode: documentViews,
    }),
    ...(site
      ? [
          presentationTool({
            previewUrl: {initial: site, ...(enable && {previewMode: {enable}})},
            resolve: {mainDocuments, locations: newsLocations},
          }),
        ]
      : []),
    visionTool(),
  ],
  tools: (tools, context) => [homeTool, storiesTool, ...forRoles(tools, context)],
  schema: {types: schemaTypes, templates: newsTemplates},
  document: {
    actions: newsActions,
    badges: articleBadges,
    inspectors: newsInspectors,
    newDocumentOptions: newDocumentMenu,
  },
  form: {components: {input: NewsInput, item: NewsItem, portableText: {plugins: StoryPlugins}}},
  studio: {components: {activeToolLayout: DeskLook, layout: WithKeys}},
  i18n: {bundles: [validationWords, deskWords]},
})
