/** A tool in the Studio's top bar: many stories at once. */
import {StackIcon} from '@sanity/icons/Stack'
import type {Tool} from 'sanity'

import {Stories} from './Stories.tsx'

export const storiesTool: Tool = {
  name: 'stories',
  title: 'Stories',
  icon: StackIcon,
  component: Stories,
}
