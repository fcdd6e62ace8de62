import { ChevronLeft, ChevronRight, CircleAlert, Repeat } from 'lucide-react'
import { stepTitle } from '../canvas/step-looks.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Select } from '../ui/Input.js'
import { chooseItem, type ItemChoices, itemsOf, type Loop, type LoopMap } from './loops.js'
import { useRunRoom } from './run-room.js'
import styles from './runs.module.css'

export interface LoopBarProps {
  readonly map: LoopMap
  readonly choices: ItemChoices
  readonly onChoose: (choices: ItemChoices) => void
}

/** Chooses which item of each loop is looked at. Draws nothing when no loop had more than one. */
export function LoopBar({ map, choices, onChoose }: LoopBarProps) {
  const t = useTexts()
  const { steps } = useRunRoom()
  const shown = map.loops.filter((loop) => itemsOf(loop, steps, map, choices).length > 1)
  if (shown.length === 0) return null
  return (
    <section className={styles['loops']} aria-label={t('runView.loops')}>
      {shown.map((loop) => (
        <LoopChoice key={loop.step.id} loop={loop} map={map} choices={choices} onChoose={onChoose} />
      ))}
    </section>
  )
}

function LoopChoice({ loop, map, choices, onChoose }: LoopBarProps & { readonly loop: Loop }) {
  const t = useTexts()
  const { connectors } = useEditor()
  const { steps } = useRunRoom()
  const items = itemsOf(loop, steps, map, choices)
  const failed = items.filter(({ hasFailed }) => hasFailed)
  const name = stepTitle(loop.step, connectors, t)
  const chosen = choices.get(loop.step.id)
  const at = items.findIndex(({ index }) => index === chosen)
  const choose = (index: number | undefined) => onChoose(chooseItem(choices, loop, map, index))
  const move = (by: number) => choose(items[at === -1 && by < 0 ? items.length - 1 : at + by]?.index)
  const nextFailed = failed.find(({ index }) => index > (chosen ?? -1)) ?? failed[0]
  return (
    <div className={styles['loop']} data-inlay-part="loop-choice">
      <Repeat size={14} aria-hidden="true" />
      <span className={styles['loopName']}>{name}</span>
      <IconButton label={t('runView.previousItem', { name })} size="small" disabled={at === 0} onClick={() => move(-1)}>
        <ChevronLeft size={15} className={styles['mirrored']} />
      </IconButton>
      <Select
        aria-label={name}
        value={chosen?.toString() ?? ''}
        placeholder={t('runView.allItems', { count: items.length })}
        options={items.map(({ index }, place) => ({
          value: String(index),
          label: t('runView.itemOf', { number: place + 1, count: items.length }),
        }))}
        onValueChange={(next) => choose(next === '' ? undefined : Number(next))}
      />
      <IconButton
        label={t('runView.nextItem', { name })}
        size="small"
        disabled={at === items.length - 1}
        onClick={() => move(1)}
      >
        <ChevronRight size={15} className={styles['mirrored']} />
      </IconButton>
      {nextFailed !== undefined && (
        <Button
          variant="ghost"
          size="small"
          icon={<CircleAlert size={14} />}
          className={styles['failedItems']}
          title={t('runView.nextFailed', { name })}
          onClick={() => choose(nextFailed.index)}
        >
          {t('runView.failedItems', { count: failed.length })}
        </Button>
      )}
    </div>
  )
}
