/**
 * The four roles that a token can have, and what each may do; defined nowhere else. Names and
 * titles are those of hosted projects.
 */
export type Role = 'administrator' | 'editor' | 'viewer' | 'deploy-studio'

/** The permissions that the Studio reads from the ACL, plus `manage`: datasets, tokens, settings. */
export type Permission = 'read' | 'create' | 'update' | 'history' | 'editHistory' | 'manage'

interface RoleDefinition {
  readonly title: string
  readonly description: string
  readonly permissions: readonly Permission[]
}

export const ROLES: Readonly<Record<Role, RoleDefinition>> = {
  administrator: {
    title: 'Administrator',
    description: 'Reads and writes everything, manages datasets and tokens.',
    permissions: ['read', 'create', 'update', 'history', 'editHistory', 'manage'],
  },
  editor: {
    title: 'Editor',
    description: 'Reads and writes all documents.',
    permissions: ['read', 'create', 'update', 'history', 'editHistory'],
  },
  viewer: {
    title: 'Viewer',
    description: 'Reads all documents, drafts too.',
    permissions: ['read', 'history'],
  },
  'deploy-studio': {
    title: 'Deploy Studio (Token only)',
    description: 'Reads what the public reads.',
    permissions: [],
  },
}

export const isRole = (value: unknown): value is Role =>
  typeof value === 'string' && Object.hasOwn(ROLES, value)
