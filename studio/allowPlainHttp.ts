/**
 * The Studio warns of HTTP/1.1 because its many streams would exhaust a browser’s connections to
 * one host. The lake spreads its streams over several host names, so the warning would be wrong;
 * this is the note that the Studio itself leaves when an editor dismisses it.
 */
export const allowPlainHttp = (session: Storage, now: Date): void =>
  session.setItem('sanity-studio.network.check.snooze', now.toISOString())
