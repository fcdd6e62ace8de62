/** The pages of an approval's link: plain HTML without scripts, under the tenant's name alone. */
import type { ApprovalPage, Decision } from '@inlay/platform/approvals'
import { escapeHtml, fromLine, plainPage } from './plain-page.js'

const LABELS: Readonly<Record<Decision, string>> = { approve: 'Approve', reject: 'Reject' }

/**
 * Asks for the decision. Opening a link never decides: programs that check mails open links, too.
 *
 * @param suggested the decision that the link stands for; its button comes first
 */
export function confirmPage(
  { tenantName, brand, title, message, deadline }: ApprovalPage,
  suggested: Decision,
): string {
  const other: Decision = suggested === 'approve' ? 'reject' : 'approve'
  return plainPage(
    title,
    `${fromLine(tenantName, brand)}
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
    brand,
  )
}

/** The reader's time zone is not known, so it is named. */
function readableTime(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return `${at.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`
}
