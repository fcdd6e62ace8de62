import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/guardrail-messages.ts`. */
export const GUARDRAIL = {
  'guardrails.someHidden':
    'ここでは提供されていないアプリやステップがあります。この製品の管理者にお問い合わせください。',
  'guardrails.stepsFull': {
    other:
      'ここでは 1 つの自動化に {count} 個までのステップを置けます。上限に達しているため、追加するにはどれかを削除してください。',
  },
  'guardrails.workflowsFull': {
    other: 'ここで作成できる自動化は {count} 個までです。新しく作成するには、どれかを削除してください。',
  },
  'guardrails.templatesOnly': 'ここでは自動化をテンプレートから作成します。まずテンプレートを選んでください。',
} as const satisfies PartialMessages
