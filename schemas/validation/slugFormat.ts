import type {SlugValue} from 'sanity'

/** Addresses are lower case, ASCII and hyphenated, so that they survive being typed and pasted. */
export const slugFormat = (value: SlugValue | undefined) =>
  !value?.current ||
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value.current) ||
  'Use only a–z, 0–9 and single hyphens in the web address, as in “musk-invites-putin”.'
