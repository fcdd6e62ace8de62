import { ChevronDown, Eye, EyeOff, Search } from 'lucide-react'
import {
  forwardRef,
  type InputHTMLAttributes,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useState,
} from 'react'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from './Button.js'
import { classNames } from './class-names.js'
import { useFieldControl } from './Field.js'
import styles from './Field.module.css'

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Draws the text in the fixed-width font. @default false */
  readonly isMono?: boolean
}

/** Code is written from the left; what a person writes, in its own direction. */
function directionFor(isMono: boolean, type = 'text'): 'ltr' | 'auto' | undefined {
  if (isMono || type === 'url' || type === 'email' || type === 'password') return 'ltr'
  return type === 'text' || type === 'search' ? 'auto' : undefined
}

/** A one-line text field. Takes its label, help and error from the `Field` around it. */
export const Input = forwardRef<HTMLInputElement, InputProps>(function Input(props, ref) {
  const { isMono = false, className, ...rest } = props
  const control = useFieldControl()
  return (
    <input
      ref={ref}
      type="text"
      dir={directionFor(isMono, rest.type)}
      autoComplete="off"
      data-inlay-part="input"
      className={classNames(styles['control'], isMono && styles['mono'], className)}
      {...control}
      {...rest}
    />
  )
})

/** A field for something secret, hidden unless asked for; password managers leave it alone. */
export function SecretInput(props: InputProps) {
  const t = useTexts()
  const [isShown, setShown] = useState(false)
  return (
    <div className={styles['secret']}>
      <Input {...props} type={isShown ? 'text' : 'password'} autoComplete="off" data-1p-ignore data-lpignore="true" />
      <IconButton
        variant="secondary"
        label={isShown ? t('ui.hide') : t('ui.show')}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <EyeOff size={15} /> : <Eye size={15} />}
      </IconButton>
    </div>
  )
}

export interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly isMono?: boolean
}

/** A text field of several lines that grows with its text. */
export const Textarea = forwardRef<HTMLTextAreaElement, TextareaProps>(function Textarea(props, ref) {
  const { isMono = false, className, ...rest } = props
  const control = useFieldControl()
  return (
    <textarea
      ref={ref}
      rows={3}
      dir={directionFor(isMono)}
      spellCheck={!isMono}
      data-inlay-part="textarea"
      className={classNames(styles['control'], isMono && styles['mono'], className)}
      {...control}
      {...rest}
    />
  )
})

export interface SelectOption {
  readonly value: string
  readonly label: string
  readonly isDisabled?: boolean
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  readonly options: readonly SelectOption[]
  /** Shown for the empty value; without it there is no empty choice. */
  readonly placeholder?: string
  readonly onValueChange: (value: string) => void
}

/** A choice of one from a short list. For long or loaded lists use `Combobox`. */
export function Select({ options, placeholder, onValueChange, className, ...rest }: SelectProps) {
  const control = useFieldControl()
  return (
    <div className={styles['selectWrap']}>
      <select
        data-inlay-part="select"
        className={classNames(styles['control'], className)}
        onChange={(event) => onValueChange(event.target.value)}
        {...control}
        {...rest}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map(({ value, label, isDisabled }) => (
          <option key={value} value={value} disabled={isDisabled === true}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown size={15} aria-hidden="true" />
    </div>
  )
}

/** A field that filters what is below it. */
export function SearchInput({ className, ...rest }: InputProps) {
  const t = useTexts()
  return (
    <div className={classNames(styles['searchWrap'], className)}>
      <Search size={15} aria-hidden="true" />
      <Input type="search" placeholder={t('ui.search')} aria-label={t('ui.search')} {...rest} />
    </div>
  )
}
