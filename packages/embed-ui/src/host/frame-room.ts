import type { VisiblePart } from './visible-part.js'

/** The size of a frame's page, and the part of it that the person sees. */
export interface FrameRoom {
  /** Whether the page is as tall as what it shows, and tells so. */
  setAuto(isAuto: boolean): void
  /** Dialogs and messages are placed within what is seen of a tall frame. */
  setVisible(part: VisiblePart): void
}

/** Below this, menus and dialogs would have no room in a frame. In pixels. */
const LEAST_PX = 320

/** @param tell is told the height of what is shown, in pixels */
export function openFrameRoom(root: HTMLElement, tell: (height: number) => void): FrameRoom {
  const page = root.ownerDocument.documentElement
  const observer = new ResizeObserver(() => tell(Math.max(LEAST_PX, Math.ceil(root.getBoundingClientRect().height))))
  return {
    setAuto: (isAuto) => {
      if (page.hasAttribute('data-auto') === isAuto) return
      page.toggleAttribute('data-auto', isAuto)
      if (isAuto) observer.observe(root)
      else observer.disconnect()
    },
    setVisible: ({ top, height }) => {
      page.style.setProperty('--inlay-visible-top', `${top}px`)
      page.style.setProperty('--inlay-visible-height', `${height}px`)
    },
  }
}
