/**
 * The sign-in page, where a person pastes a token. It has no script, and no other page may frame
 * it.
 */
import type {LakeResponse} from '../../core/lakeRequest.ts'

export const signInPage = (studio: URL, problem: string | null): LakeResponse => ({
  status: problem === null ? 200 : 401,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // So that its form sends its origin, which shows that no other page sent it.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; ` +
      `form-action 'self' ${studio.origin}`,
  },
  body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1rem }
  label, input, button { display: block; font: inherit }
  input { box-sizing: border-box; width: 100%; margin: .25rem 0 1rem; padding: .5rem }
  button { padding: .5rem 1rem }
  [role=alert] { color: #b00020 }
  @media (prefers-color-scheme: dark) {
    body { background: #111; color: #eee }
    [role=alert] { color: #ff8a80 }
  }
</style>
<main>
<h1>Sign in</h1>
<p>to the Studio at <strong>${escapeHtml(studio.origin)}</strong>. The lake's own token is in the file
<code>lake.json</code> in its data folder. The link that <code>npx lake sign-in</code> prints signs you in directly.</p>
${problem === null ? '' : `<p role="alert" id="problem">${escapeHtml(problem)}</p>`}
<form method="post">
  <label for="token">Token</label>
  <input id="token" name="token" type="password" autocomplete="current-password"
    ${problem === null ? '' : 'aria-invalid="true" aria-describedby="problem" '}required autofocus>
  <button>Sign in</button>
</form>
</main>
</html>
`,
})

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
