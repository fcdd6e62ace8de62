// What colours come to once the browser has worked out schemes, functions and the host's variables.
import type { TokenName } from '@inlay/embed-ui'
import type { Rgb } from './contrast.js'

/** The colours in force, by token. */
export type Measured = Readonly<Partial<Record<TokenName, Rgb>>>

let context: CanvasRenderingContext2D | null | undefined

/** A colour as it is painted. @param layers what the browser computed, in any notation, the lowest first */
export function toRgb(...layers: readonly string[]): Rgb {
  context ??= paintable()
  if (context === null) return [0, 0, 0]
  context.clearRect(0, 0, 1, 1)
  for (const layer of layers) {
    context.fillStyle = layer
    context.fillRect(0, 0, 1, 1)
  }
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data
  return [r, g, b]
}

function paintable(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  return canvas.getContext('2d', { willReadFrequently: true })
}

/** Whether a browser takes a text for a colour. */
export function isColor(text: string): boolean {
  return CSS.supports('color', text)
}
