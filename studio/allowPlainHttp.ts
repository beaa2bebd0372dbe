/**
 * The Studio warns about HTTP/1.1 because its many streams would use up a browser’s connections to
 * one host. The lake spreads its streams over several host names, so the warning is wrong here.
 * This stores what the Studio stores when an editor dismisses the warning.
 */
export const allowPlainHttp = (session: Storage, now: Date): void =>
  session.setItem('sanity-studio.network.check.snooze', now.toISOString())
