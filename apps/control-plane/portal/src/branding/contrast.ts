// How well texts can be read on what they stand on, by WCAG 2.2.
import type { TokenName } from '@inlay/embed-ui'

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number]

/** What WCAG asks for texts of usual size. */
export const MIN_CONTRAST = 4.5

/** A text and what it stands on. */
export interface ColorPair {
  readonly text: TokenName
  readonly on: TokenName
  readonly label: string
}

export const PAIRS: readonly ColorPair[] = [
  { text: 'colorText', on: 'colorBackground', label: 'Text on the background' },
  { text: 'colorText', on: 'colorSurface', label: 'Text on surfaces' },
  { text: 'colorText', on: 'colorSurfaceRaised', label: 'Text on cards and menus' },
  { text: 'colorTextMuted', on: 'colorBackground', label: 'Muted text on the background' },
  { text: 'colorTextMuted', on: 'colorSurfaceRaised', label: 'Muted text on cards and menus' },
  { text: 'colorTextPlaceholder', on: 'colorSurfaceRaised', label: 'Placeholders in inputs' },
  { text: 'colorOnPrimary', on: 'colorPrimary', label: 'Text on main buttons' },
  { text: 'colorSuccess', on: 'colorSurfaceRaised', label: 'Words of success' },
  { text: 'colorWarning', on: 'colorSurfaceRaised', label: 'Words of warning' },
  { text: 'colorDanger', on: 'colorSurfaceRaised', label: 'Words of danger' },
]

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/**
 * A color as near to `text` as can be that is readable on `on`.
 *
 * @param least contrast @default that of WCAG for texts; black or white where that cannot be had
 */
export function readableOn(text: Rgb, on: Rgb, least = MIN_CONTRAST): Rgb {
  const pole: Rgb = contrast([0, 0, 0], on) > contrast([255, 255, 255], on) ? [0, 0, 0] : [255, 255, 255]
  for (let share = 0; share <= 1; share += 0.02) {
    const mixed = mix(text, pole, share)
    if (contrast(mixed, on) >= least) return mixed
  }
  return pole
}

/** As `#rrggbb`. */
export function toHex(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function mix([r, g, b]: Rgb, [toR, toG, toB]: Rgb, share: number): Rgb {
  const part = (from: number, to: number): number => Math.round(from + (to - from) * share)
  return [part(r, toR), part(g, toG), part(b, toB)]
}

function luminance(color: Rgb): number {
  const [r = 0, g = 0, b = 0] = color.map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
