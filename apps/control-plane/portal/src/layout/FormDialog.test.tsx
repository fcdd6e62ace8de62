import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { FormDialog } from './FormDialog.js'

it('a form that is being sent cannot be cancelled: its answer may hold a secret that is shown once', () => {
  const cancel = (isBusy: boolean) =>
    renderToStaticMarkup(
      <FormDialog title="New key" submitLabel="Create" isBusy={isBusy} onSubmit={() => {}} onClose={() => {}}>
        Name
      </FormDialog>,
    ).match(/<button(?:(?!<button).)*Cancel/)?.[0]
  expect(cancel(false)).not.toContain('disabled')
  expect(cancel(true)).toContain('disabled=""')
})
