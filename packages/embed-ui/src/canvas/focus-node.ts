/** Moves the focus to a node of a canvas, without the browser's own scrolling. */
export function focusNode(canvas: HTMLElement | null, nodeId: string): void {
  nodeElement(canvas, nodeId)?.focus({ preventScroll: true })
}

/** The element of a node that takes the focus. */
export function nodeElement(canvas: HTMLElement | null, nodeId: string): HTMLElement | null {
  return canvas?.querySelector<HTMLElement>(`[data-nav="${CSS.escape(nodeId)}"]`) ?? null
}

/** The node that an event happened in. */
export function nodeIdOf(target: EventTarget | null): string | undefined {
  const element = target instanceof Element ? target.closest('[data-nav]') : null
  return element?.getAttribute('data-nav') ?? undefined
}

/** Whether an event happened where a person types. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

/** What has the focus in the document, or in the shadow tree, that an element is in. */
export function focusedElement(element: HTMLElement): Element | null {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.activeElement : element.ownerDocument.activeElement
}
