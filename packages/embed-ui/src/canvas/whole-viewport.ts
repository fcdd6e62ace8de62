/** A box on the canvas. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Room around what is shown, in pixels of the screen. */
export const MARGIN = 40
/** Room above what is shown. */
export const TOP = 36
/** The farthest that people can zoom out. */
export const MIN_ZOOM = 0.1

/** Everything in the middle of the room, as large as it fits, but never beyond 100 %. */
export function wholeViewport(bounds: Bounds, room: Pick<Bounds, 'width' | 'height'>) {
  const fit = Math.min((room.width - MARGIN) / bounds.width, (room.height - 2 * MARGIN) / bounds.height)
  const zoom = Math.max(MIN_ZOOM, Math.min(1, fit))
  return {
    x: (room.width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: Math.max(TOP, (room.height - bounds.height * zoom) / 2) - bounds.y * zoom,
    zoom,
  }
}
