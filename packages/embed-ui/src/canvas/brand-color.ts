// Colours of services come from packages: only plain hexadecimal ones are used.

/** The colour when it is a plain hexadecimal one. */
export function hexColor(color: string | null): string | null {
  return color !== null && /^#[0-9a-f]{6}$/i.test(color) ? color : null
}

/** White or near black: whichever can be seen better on a hexadecimal colour. */
export function readableOn(color: string): string {
  // Between the luminances of white and black; above it dark drawings have more contrast.
  return luminance(color) > 0.4 ? '#14161c' : '#ffffff'
}

/** Relative luminance as WCAG defines it, from 0 to 1. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
