import { createContext, type ReactNode, useContext, useId, useMemo } from 'react'
import { useTexts } from '../messages/useTexts.js'
import styles from './Field.module.css'
import { VisuallyHidden } from './VisuallyHidden.js'

interface FieldIds {
  /** Absent in groups: one id cannot name several controls. */
  readonly controlId: string | undefined
  readonly describedBy: string | undefined
  readonly isInvalid: boolean
}

const FieldContext = createContext<FieldIds | undefined>(undefined)

/** Attributes that tie a control to the label, help and error of the field around it. */
export function useFieldControl(): { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const field = useContext(FieldContext)
  if (field === undefined) return {}
  return {
    ...(field.controlId === undefined ? {} : { id: field.controlId }),
    ...(field.describedBy === undefined ? {} : { 'aria-describedby': field.describedBy }),
    ...(field.isInvalid ? { 'aria-invalid': true } : {}),
  }
}

export interface FieldProps {
  readonly label: ReactNode
  readonly help?: ReactNode
  /** What is wrong with the value, in words. */
  readonly error?: ReactNode
  /** Marks the field as one that may stay empty. @default false */
  readonly isOptional?: boolean
  /** At the end of the label's line. */
  readonly action?: ReactNode
  /** For controls that are no single input, the label names the group. @default false */
  readonly isGroup?: boolean
  /** The label is only for screen readers. @default false */
  readonly isLabelHidden?: boolean
  readonly children: ReactNode
}

/** A label, a control, its help and its error. */
export function Field(props: FieldProps) {
  const { label, help, error, isOptional = false, action, isGroup = false, isLabelHidden = false, children } = props
  const t = useTexts()
  const id = useId()
  const hasHelp = help !== undefined && help !== ''
  const hasError = error !== undefined && error !== ''
  const describedBy = [hasError && `${id}-error`, hasHelp && `${id}-help`].filter(Boolean).join(' ')
  const ids = useMemo(
    () => ({
      controlId: isGroup ? undefined : id,
      describedBy: describedBy === '' ? undefined : describedBy,
      isInvalid: hasError,
    }),
    [id, isGroup, describedBy, hasError],
  )
  const Label = isGroup ? 'span' : 'label'
  const labelRow = (
    <>
      <Label id={`${id}-label`} className={styles['label']} {...(isGroup ? {} : { htmlFor: id })}>
        {label}
        {isOptional && <span className={styles['optional']}>{t('ui.optional')}</span>}
      </Label>
      {action}
    </>
  )
  return (
    <div
      className={styles['field']}
      data-inlay-part="field"
      {...(isGroup ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})}
    >
      {isLabelHidden ? (
        <VisuallyHidden as="div">{labelRow}</VisuallyHidden>
      ) : (
        <div className={styles['labelRow']}>{labelRow}</div>
      )}
      <FieldContext.Provider value={ids}>{children}</FieldContext.Provider>
      {hasError && (
        <div id={`${id}-error`} className={styles['error']}>
          {error}
        </div>
      )}
      {hasHelp && (
        <div id={`${id}-help`} className={styles['help']}>
          {help}
        </div>
      )}
    </div>
  )
}
