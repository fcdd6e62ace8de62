import { type Appearance, InlayTheme } from '@inlay/embed-ui'
import { type ReactNode, useState } from 'react'
import { ColorProbe, type MeasuredSchemes } from './ColorProbe.js'
import { readableAppearance } from './readable-appearance.js'

interface ReadableThemeProps {
  readonly appearance: Appearance
  readonly children: ReactNode
}

/** Draws a page in a brand's look, but for texts in colours that nobody could read. */
export function ReadableTheme({ appearance, children }: ReadableThemeProps) {
  const [measured, setMeasured] = useState<MeasuredSchemes>()
  return (
    <>
      <ColorProbe appearance={appearance} onMeasured={setMeasured} />
      {measured !== undefined && (
        <InlayTheme fill appearance={readableAppearance(appearance, measured)}>
          {children}
        </InlayTheme>
      )}
    </>
  )
}
