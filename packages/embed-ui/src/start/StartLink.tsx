import { Workflow as WorkflowIcon } from 'lucide-react'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'

/** Leads from an empty list to where automations are made. */
export function StartLink({ onStart }: { readonly onStart: () => void }) {
  const t = useTexts()
  return (
    <Button variant="primary" icon={<WorkflowIcon size={15} />} onClick={onStart}>
      {t('start.show')}
    </Button>
  )
}
