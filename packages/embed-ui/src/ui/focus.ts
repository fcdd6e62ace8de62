/** What has the focus in the document, or in the shadow tree, that an element is in. */
export function focusedIn(element: HTMLElement): HTMLElement | null {
  const root = element.getRootNode()
  const focused = root instanceof ShadowRoot ? root.activeElement : element.ownerDocument.activeElement
  return focused instanceof HTMLElement ? focused : null
}

/** Focuses what had the focus before something opened, unless the person has gone elsewhere or it is gone. */
export function giveBackFocus(before: HTMLElement | null): void {
  if (before === null || !before.isConnected) return
  const isLost = [null, before.ownerDocument.body].includes(focusedIn(before))
  if (isLost) before.focus({ preventScroll: true })
}
