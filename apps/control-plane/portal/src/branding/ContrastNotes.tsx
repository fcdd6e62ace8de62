import { Button, Callout } from '@inlay/embed-ui/ui'
import { type Brand, type ChangeBrand, SCHEMES, type Scheme, withToken } from './brand.js'
import type { MeasuredSchemes } from './ColorProbe.js'
import { type ColorPair, contrast, MIN_CONTRAST, PAIRS, readableOn, toHex } from './contrast.js'

interface ContrastNotesProps {
  readonly brand: Brand
  readonly measured: MeasuredSchemes
  readonly onChange: ChangeBrand
}

interface Faint extends ColorPair {
  readonly scheme: Scheme
  readonly ratio: number
  readonly better: string
}

/** Which texts are hard to read, and a colour with which they are not. */
export function ContrastNotes({ brand, measured, onChange }: ContrastNotesProps) {
  const faint = SCHEMES.flatMap((scheme) => faintPairs(measured, scheme))
  if (faint.length === 0) return null
  return (
    <div role="status">
      <Callout tone="warning" title="Some texts are hard to read">
        <ul className="faint">
          {faint.map(({ text, on, label, scheme, ratio, better }) => (
            <li key={`${scheme} ${text} ${on}`}>
              <span>
                {label}, {scheme}: {ratio.toFixed(1)} to 1, less than {MIN_CONTRAST} to 1.
              </span>
              <Button
                size="small"
                onClick={() => onChange(withToken(brand, { name: text, scheme, value: better }))}
                icon={<span className="dot" style={{ background: better }} />}
              >
                Use {better}
              </Button>
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  )
}

function faintPairs(measured: MeasuredSchemes, scheme: Scheme): Faint[] {
  return PAIRS.flatMap((pair) => {
    const text = measured[scheme][pair.text]
    const on = measured[scheme][pair.on]
    if (text === undefined || on === undefined) return []
    const ratio = contrast(text, on)
    if (ratio >= MIN_CONTRAST) return []
    return [{ ...pair, scheme, ratio, better: toHex(readableOn(text, on)) }]
  })
}
