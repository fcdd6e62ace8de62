import type { EventTrigger, ScheduleTrigger, Trigger } from '@inlay/engine'
import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { TriggerKindIcon } from '../canvas/ConnectorIcon.js'
import { setTrigger } from '../document/edit.js'
import { fieldError } from '../document/issues.js'
import { useForm } from '../forms/form-context.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { CodeBlock, CopyButton } from '../ui/Code.js'
import { Combobox } from '../ui/Combobox.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Input, Select } from '../ui/Input.js'
import { Switch } from '../ui/Toggle.js'
import { AppTriggerPicker } from './AppTriggerPicker.js'
import { ConditionField } from './ConditionField.js'
import { ConnectorTriggerForm } from './ConnectorTriggerForm.js'
import { DurationInput } from './DurationInput.js'
import styles from './panels.module.css'
import { useCronText } from './useCronText.js'

const TYPES = ['webhook', 'schedule', 'event', 'manual'] as const satisfies readonly Trigger['type'][]
const FRESH: Readonly<Record<(typeof TYPES)[number], Trigger>> = {
  webhook: { type: 'webhook' },
  schedule: { type: 'schedule', cron: '0 9 * * 1-5', timeZone: localTimeZone() },
  event: { type: 'event', name: '' },
  manual: { type: 'manual' },
}

/** What starts the workflow. */
export function TriggerForm({ trigger }: { readonly trigger: Trigger }) {
  const t = useTexts()
  const builder = useBuilder()
  const [isPicking, setPicking] = useState(false)
  return (
    <>
      <div className={styles['cards']}>
        {TYPES.map((type) => (
          <button
            key={type}
            type="button"
            className={styles['cardChoice']}
            aria-pressed={trigger.type === type}
            onClick={() => trigger.type !== type && builder.edit((definition) => setTrigger(definition, FRESH[type]))}
          >
            <TriggerKindIcon type={type} size={30} />
            {t(`trigger.${type}`)}
          </button>
        ))}
        <AppTriggerPicker isOpen={isPicking} onOpenChange={setPicking}>
          <button type="button" className={styles['cardChoice']} aria-pressed={trigger.type === 'connector'}>
            <TriggerKindIcon type="connector" size={30} />
            {t('trigger.app')}
          </button>
        </AppTriggerPicker>
      </div>
      {trigger.type === 'connector' && <ConnectorTriggerForm trigger={trigger} />}
      {trigger.type === 'webhook' && <WebhookDetails />}
      {trigger.type === 'schedule' && <ScheduleForm trigger={trigger} />}
      {trigger.type === 'event' && <EventForm trigger={trigger} />}
      {trigger.type === 'manual' && <p className={styles['note']}>{t('trigger.manualHelp')}</p>}
    </>
  )
}

function WebhookDetails() {
  const t = useTexts()
  const { workflow, samples } = useEditor()
  const url = workflow.trigger.webhookUrl
  if (url === null) return <Callout tone="info">{t('trigger.webhookLater')}</Callout>
  return (
    <>
      <Field label={t('trigger.webhookUrl')} help={t('trigger.webhookHelp')} isGroup>
        <WebhookUrl url={url} />
      </Field>
      <Field label={t('trigger.try')} isGroup>
        <CodeBlock code={curlCommand(url, samples?.trigger)} label={t('trigger.try')} />
      </Field>
      {workflow.published === null && <Callout tone="info">{t('trigger.webhookUnpublished')}</Callout>}
    </>
  )
}

/** An address with a copy button. */
export function WebhookUrl({ url }: { readonly url: string }) {
  const t = useTexts()
  return (
    <div className={styles['url']} data-inlay-part="webhook-url">
      <code dir="ltr">{url}</code>
      <CopyButton text={url} label={t('ui.copy')} />
    </div>
  )
}

/** A command that sends the last received body, or an example, to the webhook. */
export function curlCommand(url: string, trigger: unknown): string {
  const body =
    typeof trigger === 'object' && trigger !== null && 'body' in trigger && trigger.body !== null
      ? trigger.body
      : { order: { id: 'A-1001', total: 99 } }
  const quoted = JSON.stringify(body).replaceAll("'", "'\\''")
  return `curl -X POST '${url}' \\\n  -H 'content-type: application/json' \\\n  -d '${quoted}'`
}

function EventForm({ trigger }: { readonly trigger: EventTrigger }) {
  const t = useTexts()
  const builder = useBuilder()
  const { issues } = useForm()
  const edit = (next: EventTrigger, field: string) =>
    builder.edit((definition) => setTrigger(definition, next), { mergeKey: `trigger:${field}` })
  const { filter, ...unfiltered } = trigger
  return (
    <>
      <Field label={t('trigger.event')} help={t('trigger.eventHelp')} error={fieldError(issues, '/name')}>
        <Input value={trigger.name} onChange={({ target }) => edit({ ...trigger, name: target.value }, 'name')} />
      </Field>
      <div className={styles['stack']}>
        <Switch
          isOn={filter !== undefined}
          label={t('trigger.filter')}
          onChange={(isOn) => edit(isOn ? { ...trigger, filter: '' } : unfiltered, 'filtered')}
        />
        {filter !== undefined && (
          <ConditionField
            value={filter}
            error={fieldError(issues, '/filter')}
            onChange={(next) => edit({ ...trigger, filter: next }, 'filter')}
          />
        )}
      </div>
    </>
  )
}

function ScheduleForm({ trigger }: { readonly trigger: ScheduleTrigger }) {
  const t = useTexts()
  const builder = useBuilder()
  const { issues } = useForm()
  const edit = (next: ScheduleTrigger, field: string) =>
    builder.edit((definition) => setTrigger(definition, next), { mergeKey: `trigger:${field}` })
  const mode = trigger.cron === undefined ? 'every' : 'cron'
  const timeZone = trigger.timeZone ?? 'UTC'
  return (
    <>
      <Field label={t('schedule.mode')}>
        <Select
          value={mode}
          options={(['cron', 'every'] as const).map((value) => ({ value, label: t(`schedule.${value}`) }))}
          onValueChange={(next) =>
            edit(
              next === 'every'
                ? { type: 'schedule', every: '1h' }
                : { type: 'schedule', cron: '0 9 * * 1-5', timeZone },
              'mode',
            )
          }
        />
      </Field>
      {trigger.cron === undefined ? (
        <Field label={t('schedule.interval')} help={t('schedule.intervalHelp')} error={fieldError(issues, '/every')}>
          <DurationInput value={trigger.every ?? ''} onChange={(every) => edit({ type: 'schedule', every }, 'every')} />
        </Field>
      ) : (
        <CronFields
          cron={trigger.cron}
          timeZone={timeZone}
          onChange={(cron, zone) => edit({ type: 'schedule', cron, timeZone: zone }, 'cron')}
        />
      )}
      <NextFire />
    </>
  )
}

interface CronFieldsProps {
  readonly cron: string
  readonly timeZone: string
  readonly onChange: (cron: string, timeZone: string) => void
}

function CronFields({ cron, timeZone, onChange }: CronFieldsProps) {
  const t = useTexts()
  const { issues } = useForm()
  const { text, error } = useCronText()(cron)
  const zones = timeZones(timeZone)
  return (
    <>
      <Field
        label={t('schedule.cronLabel')}
        help={t('schedule.cronHelp')}
        error={
          fieldError(issues, '/cron') ??
          (error === undefined ? undefined : t(error === 'parts' ? 'issue.cronParts' : 'issue.cronPart'))
        }
      >
        <Input isMono value={cron} spellCheck={false} onChange={(event) => onChange(event.target.value, timeZone)} />
      </Field>
      {text !== undefined && (
        <div className={styles['says']}>
          <CalendarClock size={15} aria-hidden="true" />
          {text}
        </div>
      )}
      <Field label={t('schedule.timeZone')} error={fieldError(issues, '/timeZone')}>
        <Combobox
          value={timeZone}
          options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          onValueChange={(zone) => onChange(cron, zone)}
        />
      </Field>
    </>
  )
}

function NextFire() {
  const t = useTexts()
  const locale = useLocale()
  const { workflow } = useEditor()
  const at = workflow.trigger.nextFireAt
  if (at === null || !workflow.enabled) return null
  const time = new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return <p className={styles['note']}>{t('schedule.next', { time })}</p>
}

function timeZones(current: string): readonly string[] {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return known.includes(current) ? known : [current, ...known]
}

function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
