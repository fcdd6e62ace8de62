import { Button, Field, Switch } from '@inlay/embed-ui/ui'
import { type FormEvent, useState } from 'react'
import { RuleInput } from './RuleInput.js'
import { type GuardrailChanges, type Guardrails, inWords, type RuleName, withRules } from './rules.js'
import './guardrails.css'

interface Rule {
  readonly name: RuleName
  readonly label: string
  readonly help?: string
  /** Whether the control is a group of several. */
  readonly isGroup: boolean
}

const RULES: readonly Rule[] = [
  { name: 'connectors', label: 'Apps', help: 'Those that are switched off for everybody stay off.', isGroup: true },
  { name: 'stepTypes', label: 'Kinds of steps', isGroup: true },
  { name: 'allowCode', label: 'Code', isGroup: true },
  { name: 'templatesOnly', label: 'Templates', isGroup: true },
  { name: 'maxWorkflows', label: 'Automations at most', isGroup: false },
  { name: 'maxSteps', label: 'Steps of an automation at most', isGroup: false },
  { name: 'minScheduleMinutes', label: 'Minutes between two starts of a schedule at least', isGroup: false },
]

interface GuardrailsFormProps {
  /** What is said, by rule. */
  readonly said: GuardrailChanges
  /** What holds where nothing is said. */
  readonly base: Guardrails
  /** Whether rules may be left as they are for everybody. */
  readonly isOverride: boolean
  readonly isBusy: boolean
  readonly mayChange: boolean
  readonly onSave: (said: GuardrailChanges) => void
}

/** The rules of what builders offer, of all customers or of one. */
export function GuardrailsForm({ said, base, isOverride, isBusy, mayChange, onSave }: GuardrailsFormProps) {
  const [own, setOwn] = useState(said)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSave(own)
  }
  return (
    <form className="form" onSubmit={submit}>
      {RULES.map((rule) => (
        <RuleRow key={rule.name} rule={rule} own={own} base={base} isOverride={isOverride} onChange={setOwn} />
      ))}
      <div>
        <Button
          type="submit"
          variant="primary"
          isBusy={isBusy}
          disabled={!mayChange}
          {...(mayChange ? {} : { title: 'Your role may look at the guardrails, and not change them.' })}
        >
          Save
        </Button>
      </div>
    </form>
  )
}

interface RuleRowProps extends Pick<GuardrailsFormProps, 'base' | 'isOverride'> {
  readonly rule: Rule
  readonly own: GuardrailChanges
  readonly onChange: (own: GuardrailChanges) => void
}

function RuleRow({ rule: { name, label, help, isGroup }, own, base, isOverride, onChange }: RuleRowProps) {
  const isOwn = name in own
  const { [name]: _before, ...others } = own
  const toggle = isOverride && (
    <Switch
      isOn={isOwn}
      aria-label={`${label}: different for this customer`}
      onChange={(isOn) => onChange(isOn ? { ...own, [name]: base[name] } : others)}
    />
  )
  const isShown = isOwn || !isOverride
  return (
    <Field
      label={label}
      isGroup={isGroup || !isShown}
      {...(toggle === false ? {} : { action: toggle })}
      {...(help === undefined ? {} : { help })}
    >
      {isShown ? (
        <RuleInput rule={name} rules={withRules(base, own)} onChange={(change) => onChange({ ...own, ...change })} />
      ) : (
        <span className="muted">As for all customers: {inWords(name, base)}</span>
      )}
    </Field>
  )
}
