import { Checkbox, Input, Switch } from '@inlay/embed-ui/ui'
import { ConnectorRule } from './ConnectorRule.js'
import { type GuardrailChanges, type Guardrails, type RuleName, STEP_NAMES, STEP_TYPES } from './rules.js'

interface RuleInputProps {
  readonly rule: RuleName
  readonly rules: Guardrails
  readonly onChange: (change: GuardrailChanges) => void
}

/** The control of one rule. */
export function RuleInput({ rule, rules, onChange }: RuleInputProps) {
  switch (rule) {
    case 'stepTypes':
      return <StepTypes value={rules.stepTypes} onChange={(stepTypes) => onChange({ stepTypes })} />
    case 'allowCode':
      return (
        <Switch
          isOn={rules.allowCode}
          onChange={(allowCode) => onChange({ allowCode })}
          label="Offer steps that run JavaScript"
        />
      )
    case 'templatesOnly':
      return (
        <Switch
          isOn={rules.templatesOnly}
          onChange={(templatesOnly) => onChange({ templatesOnly })}
          label="New automations are made of templates only"
        />
      )
    case 'connectors':
      return <ConnectorRule value={rules.connectors} onChange={(connectors) => onChange({ connectors })} />
    case 'maxSteps':
    case 'maxWorkflows':
    case 'minScheduleMinutes':
      return (
        <Input
          type="number"
          min={rule === 'maxWorkflows' ? 0 : 1}
          placeholder="No limit"
          value={rules[rule] ?? ''}
          onChange={({ target }) => onChange({ [rule]: target.value === '' ? null : Math.round(Number(target.value)) })}
        />
      )
  }
}

interface StepTypesProps {
  readonly value: Guardrails['stepTypes']
  readonly onChange: (value: Guardrails['stepTypes']) => void
}

function StepTypes({ value, onChange }: StepTypesProps) {
  const offered = value ?? STEP_TYPES
  const toggle = (type: (typeof STEP_TYPES)[number], isOn: boolean): void => {
    const next = STEP_TYPES.filter((each) => (each === type ? isOn : offered.includes(each)))
    // Code stays to its own rule.
    onChange(next.length === STEP_TYPES.length ? null : [...next, 'code'])
  }
  return (
    <span className="step-types">
      {STEP_TYPES.map((type) => (
        <Checkbox
          key={type}
          isOn={offered.includes(type)}
          onChange={(isOn) => toggle(type, isOn)}
          label={STEP_NAMES[type]}
        />
      ))}
    </span>
  )
}
