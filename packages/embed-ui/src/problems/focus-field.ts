const CONTROLS = 'input, textarea, select, button:not([tabindex="-1"])'

/** Leads the person to a field of the open step panel: the control that is wrong, and it comes into sight. */
export function focusField(root: Element | null, field: string): void {
  // The panel is drawn, and what is folded around the field opened, before it can be found.
  requestAnimationFrame(() => requestAnimationFrame(() => find(root, field)?.focus()))
}

function find(root: Element | null, field: string): HTMLElement | undefined {
  const panel = root?.querySelector('[data-inlay-part="step-panel"]')
  const wanted = [...(panel?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
  const around = wanted
    .filter((each) => field === each.dataset['field'] || field.startsWith(`${each.dataset['field']}/`))
    .sort((a, b) => (b.dataset['field'] ?? '').length - (a.dataset['field'] ?? '').length)[0]
  const place = around ?? panel
  const wrong = place?.querySelector<HTMLElement>('[aria-invalid="true"]')
  return wrong ?? place?.querySelector<HTMLElement>(CONTROLS) ?? undefined
}
