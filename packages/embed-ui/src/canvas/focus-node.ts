/** Moves the focus to a node of a canvas, without the browser's own scrolling. */
export function focusNode(canvas: HTMLElement | null, nodeId: string): void {
  canvas?.querySelector<HTMLElement>(`[data-nav="${CSS.escape(nodeId)}"]`)?.focus({ preventScroll: true })
}
