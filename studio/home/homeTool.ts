/** The first tool in the Studio's top bar: what an editor needs at the start of a day. */
import {HomeIcon} from '@sanity/icons/Home'
import type {Tool} from 'sanity'

import {Home} from './Home.tsx'

export const homeTool: Tool = {name: 'home', title: 'Home', icon: HomeIcon, component: Home}
