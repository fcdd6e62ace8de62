/** The pages of an approval's link: plain HTML without scripts, under the tenant's name alone. */
import { createHash } from 'node:crypto'
import type { ApprovalPage, Decision } from '@inlay/platform/approvals'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: Canvas; color: CanvasText; }
main { box-sizing: border-box; width: min(32rem, 100%); padding: 2rem 1.5rem; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .75rem; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; white-space: pre-line; overflow-wrap: anywhere; }
.from, .deadline { color: GrayText; font-size: .875rem; }
label { display: block; font-size: .875rem; margin-bottom: .25rem; }
textarea { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem; margin-bottom: 1rem; }
.actions { display: flex; gap: .75rem; flex-wrap: wrap; }
button { font: inherit; padding: .5rem 1.25rem; border: 1px solid currentColor; border-radius: .375rem; background: none; color: inherit; cursor: pointer; }
button.main { background: CanvasText; color: Canvas; border-color: CanvasText; }
`

/** What the pages may do: show themselves, and send their form to where they came from. */
export const APPROVAL_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const LABELS: Readonly<Record<Decision, string>> = { approve: 'Approve', reject: 'Reject' }

/**
 * Asks for the decision. Opening a link never decides: programs that check mails open links, too.
 *
 * @param suggested the decision that the link stands for; its button comes first
 */
export function confirmPage({ tenantName, title, message, deadline }: ApprovalPage, suggested: Decision): string {
  const other: Decision = suggested === 'approve' ? 'reject' : 'approve'
  return page(
    title,
    `<p class="from">${escapeHtml(tenantName)}</p>
<h1>${escapeHtml(title)}</h1>
${message === '' ? '' : `<p>${escapeHtml(message)}</p>`}
${deadline === null ? '' : `<p class="deadline">Please decide before ${escapeHtml(readableTime(deadline))}.</p>`}
<form method="post">
<label for="comment">Comment (optional)</label>
<textarea id="comment" name="comment" rows="3" maxlength="2000"></textarea>
<div class="actions">
<button class="main" name="decision" value="${suggested}">${LABELS[suggested]}</button>
<button name="decision" value="${other}">${LABELS[other]}</button>
</div>
</form>`,
  )
}

/** Says what has become of it. */
export function outcomePage(title: string, message: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(message)}</p>`)
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>
${body}
</main></body>
</html>
`
}

/** The reader's time zone is not known, so it is named. */
function readableTime(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return `${at.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
