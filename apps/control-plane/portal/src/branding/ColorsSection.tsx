import { Disclosure, Input } from '@inlay/embed-ui/ui'
import { type Brand, type ChangeBrand, SCHEMES, type Scheme, tokenOf, withToken } from './brand.js'
import type { MeasuredSchemes } from './ColorProbe.js'
import { ContrastNotes } from './ContrastNotes.js'
import { toHex } from './contrast.js'
import { isColor } from './measure-colors.js'
import { type ColorToken, MAIN_COLORS, MORE_COLORS } from './tokens.js'

interface ColorsSectionProps {
  readonly brand: Brand
  readonly measured: MeasuredSchemes
  readonly onChange: ChangeBrand
}

/** The colours of both schemes. */
export function ColorsSection(props: ColorsSectionProps) {
  return (
    <>
      <ContrastNotes {...props} />
      <p className="muted">
        Any CSS colour. What is left empty in Light stays as it is built in; empty in Dark, it is as in Light.
      </p>
      <ColorTable colors={MAIN_COLORS} {...props} />
      <Disclosure title="More colours" note={String(MORE_COLORS.length)}>
        <ColorTable colors={MORE_COLORS} {...props} />
      </Disclosure>
    </>
  )
}

function ColorTable({ colors, ...props }: ColorsSectionProps & { readonly colors: readonly ColorToken[] }) {
  return (
    <table className="colors">
      <thead>
        <tr>
          <th scope="col">Colour</th>
          {SCHEMES.map((scheme) => (
            <th key={scheme} scope="col">
              {SCHEME_HEADS[scheme]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {colors.map((color) => (
          <tr key={color.name}>
            <th scope="row">
              {color.label}
              {color.help !== undefined && <small className="muted">{color.help}</small>}
            </th>
            {SCHEMES.map((scheme) => (
              <td key={scheme}>
                {/* Where there is no room for the heads of the columns; the input has it in its own name. */}
                <span className="scheme-name" aria-hidden="true">
                  {SCHEME_HEADS[scheme]}
                </span>
                <ColorInput color={color} scheme={scheme} {...props} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface ColorInputProps extends ColorsSectionProps {
  readonly color: ColorToken
  readonly scheme: Scheme
}

const SCHEME_HEADS: Readonly<Record<Scheme, string>> = { light: 'Light', dark: 'Dark' }
const SCHEME_WORDS: Readonly<Record<Scheme, string>> = { light: 'light', dark: 'dark' }

function ColorInput({ color: { name, label }, scheme, brand, measured, onChange }: ColorInputProps) {
  const value = tokenOf(brand, name, scheme)
  const rgb = measured[scheme][name]
  const inForce = rgb === undefined ? '#000000' : toHex(rgb)
  const set = (next: string): void => onChange(withToken(brand, { name, scheme, value: next.trim() }))
  const isWrong = value !== '' && !isColor(value)
  const words = `${label}, ${SCHEME_WORDS[scheme]}`
  return (
    <span className="color-input">
      <input
        type="color"
        aria-label={`${words}: choose`}
        value={inForce}
        onChange={(event) => set(event.target.value)}
      />
      <Input
        isMono
        aria-label={words}
        {...(isWrong ? { 'aria-invalid': true, title: 'This is no colour.' } : {})}
        placeholder={inForce}
        value={value}
        spellCheck={false}
        maxLength={300}
        onChange={(event) => set(event.target.value)}
      />
    </span>
  )
}
