import { InlayTheme } from '@inlay/embed-ui'
import { useLayoutEffect, useRef } from 'react'
import { appearanceOf, type Brand, SCHEMES, type Scheme } from './brand.js'
import { type Measured, toRgb } from './measure-colors.js'
import { COLORS } from './tokens.js'

export type MeasuredSchemes = Readonly<Record<Scheme, Measured>>

interface ColorProbeProps {
  readonly brand: Brand
  readonly onMeasured: (measured: MeasuredSchemes) => void
}

/** Draws every colour in both schemes where nobody sees it, and tells what the browser made of them. */
export function ColorProbe({ brand, onMeasured }: ColorProbeProps) {
  const root = useRef<HTMLDivElement>(null)
  const { appearance } = brand
  // A new appearance is what there is to measure.
  useLayoutEffect(() => {
    const measure = (scheme: Scheme): Measured =>
      Object.fromEntries(
        COLORS.flatMap(({ name }) => {
          const probe = root.current?.querySelector(`[data-probe="${scheme} ${name}"]`)
          return probe instanceof HTMLElement ? [[name, toRgb(getComputedStyle(probe).color)]] : []
        }),
      )
    onMeasured({ light: measure('light'), dark: measure('dark') })
  }, [appearance, onMeasured])
  return (
    <div ref={root} className="color-probe" aria-hidden="true" inert>
      {SCHEMES.map((scheme) => (
        <InlayTheme key={scheme} appearance={{ ...appearanceOf(brand), colorScheme: scheme }}>
          {COLORS.map(({ name, variable }) => (
            <i key={name} data-probe={`${scheme} ${name}`} style={{ color: `var(${variable})` }} />
          ))}
        </InlayTheme>
      ))}
    </div>
  )
}
