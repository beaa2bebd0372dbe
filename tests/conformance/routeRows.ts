import {apiRoutes, bareRoutes, socketRoute} from '../../packages/lake/src/http/routing/routes.ts'
import {STUBS} from '../../packages/lake/src/http/routing/stubRoutes.ts'

/** The table of routes in `docs/coverage.md`: one line for each, with who may call it. */
export const routeRows = (): readonly string[] => {
  const inert = new Map(STUBS.map(({method, path, why}) => [`${method} ${path}`, why]))
  return [...apiRoutes, ...bareRoutes, {...socketRoute, method: 'WS'}]
    .map(({method, path, access}) => ({name: `${method} ${path}`, access}))
    .toSorted((a, b) => (withoutMethod(a.name) < withoutMethod(b.name) ? -1 : 1))
    .map(({name, access}) => {
      const why = inert.get(name)
      return `| \`${name}\` | ${access} | ${why === undefined ? 'implemented' : `inert: ${why}`} |`
    })
}

const withoutMethod = (name: string): string => name.slice(name.indexOf('/'))
