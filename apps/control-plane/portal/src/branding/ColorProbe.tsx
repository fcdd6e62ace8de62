import { type Appearance, InlayTheme, type TokenName } from '@inlay/embed-ui'
import { useLayoutEffect, useRef } from 'react'
import { SCHEMES, type Scheme } from './brand.js'
import { type Measured, toRgb } from './measure-colors.js'
import { COLORS } from './tokens.js'

export type MeasuredSchemes = Readonly<Record<Scheme, Measured>>

interface ColorProbeProps {
  readonly appearance: Appearance
  readonly onMeasured: (measured: MeasuredSchemes) => void
}

/** Draws every colour in both schemes where nobody sees it, and tells what the browser made of them. */
export function ColorProbe({ appearance, onMeasured }: ColorProbeProps) {
  const root = useRef<HTMLDivElement>(null)
  // A new appearance is what there is to measure.
  useLayoutEffect(() => {
    const colorOf = (scheme: Scheme, name: TokenName): string[] => {
      const probe = root.current?.querySelector(`[data-probe="${scheme} ${name}"]`)
      return probe instanceof HTMLElement ? [getComputedStyle(probe).color] : []
    }
    const measure = (scheme: Scheme): Measured => {
      // What shines through a colour is the page.
      const page = colorOf(scheme, 'colorBackground')
      return Object.fromEntries(
        COLORS.flatMap(({ name }) => colorOf(scheme, name).map((color) => [name, toRgb(...page, color)])),
      )
    }
    onMeasured({ light: measure('light'), dark: measure('dark') })
  }, [appearance, onMeasured])
  return (
    <div ref={root} className="color-probe" aria-hidden="true" inert>
      {SCHEMES.map((scheme) => (
        <InlayTheme key={scheme} appearance={{ ...appearance, colorScheme: scheme }}>
          {COLORS.map(({ name, variable }) => (
            <i key={name} data-probe={`${scheme} ${name}`} style={{ color: `var(${variable})` }} />
          ))}
        </InlayTheme>
      ))}
    </div>
  )
}
