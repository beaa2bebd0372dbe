/** The tools in the Studio's top bar, by the roles of the user. */
import {type ConfigContext, type Tool, userHasRole} from 'sanity'

/** Vision runs any query, so only administrators have it. */
export const forRoles = (
  tools: Tool[],
  {currentUser}: Pick<ConfigContext, 'currentUser'>,
): Tool[] =>
  currentUser && userHasRole(currentUser, 'administrator')
    ? tools
    : tools.filter(({name}) => name !== 'vision')
