/** Document actions “View on site” and “Copy link”, in the menu of every document with a page. */
import {CopyIcon} from '@sanity/icons/Copy'
import {LaunchIcon} from '@sanity/icons/Launch'
import {useToast} from '@sanity/ui/toast'
import {
  DEFAULT_STUDIO_CLIENT_OPTIONS,
  type DocumentActionComponent,
  type DocumentActionProps,
  useClient,
} from 'sanity'

import {readerState} from '../../schemas/documents/article/readerState.ts'
import {connection, previewSite} from '../connection.ts'
import {addressForReaders} from './addressForReaders.ts'
import {slugOf} from './retireAddress.ts'

const named = process.env.SANITY_STUDIO_PREVIEW_URL

/** Asks for the address when it is needed: the settings seldom change, and few documents are viewed. */
const useAddress = ({type, published}: DocumentActionProps) => {
  const client = useClient(DEFAULT_STUDIO_CLIENT_OPTIONS)
  return async (): Promise<string | undefined> => {
    const inSettings = await client.fetch<string | null>(
      '*[_id == "siteSettings"][0].baseUrl',
      {},
      {perspective: 'published'},
    )
    const previewed = previewSite(named, connection)
    return addressForReaders(type, published ?? {}, {
      previewed,
      isLocal: previewed !== undefined && !named,
      inSettings: inSettings ?? undefined,
    })
  }
}

/** Why readers cannot see a document; nothing if they can. */
const hiddenBecause = ({type, published}: DocumentActionProps): string | undefined => {
  if (!published || slugOf(published) === undefined) return 'Publish it first: it has no page yet'
  if (type !== 'article') return undefined
  const {name, sentence} = readerState(published, true, Date.now())
  return name === 'live' || name === 'retracted' ? undefined : sentence
}

const NO_SITE = {
  status: 'warning',
  title: 'The site has no address yet.',
  description: 'Write it into the settings, under “Address of the site”.',
} as const

/** Opens the page of a document in another tab. */
export const viewOnSite: DocumentActionComponent = (props) => {
  const addressOf = useAddress(props)
  const {push} = useToast()
  const hidden = hiddenBecause(props)
  const open = async (): Promise<void> => {
    const address = await addressOf()
    if (address === undefined) push(NO_SITE)
    else globalThis.open(address, '_blank', 'noopener')
  }
  return {
    label: 'View on site',
    icon: LaunchIcon,
    disabled: hidden !== undefined,
    title: hidden ?? 'Open the page that readers see',
    onHandle: () => {
      void open()
      props.onComplete()
    },
  }
}

viewOnSite.displayName = 'ViewOnSite'

/** Copies the address of the page, to share it. */
export const copyLink: DocumentActionComponent = (props) => {
  const addressOf = useAddress(props)
  const {push} = useToast()
  const hidden = hiddenBecause(props)
  const copy = async (): Promise<void> => {
    const address = await addressOf()
    if (address === undefined) {
      push(NO_SITE)
      return
    }
    try {
      await navigator.clipboard.writeText(address)
      push({status: 'success', title: 'Link copied', description: address})
    } catch {
      push({
        status: 'warning',
        closable: true,
        title: 'The browser did not allow copying. Copy the link from here:',
        description: address,
      })
    }
  }
  return {
    label: 'Copy link',
    icon: CopyIcon,
    disabled: hidden !== undefined,
    title: hidden ?? 'Copy the address of the page that readers see',
    onHandle: () => {
      void copy()
      props.onComplete()
    },
  }
}

copyLink.displayName = 'CopyLink'
