import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/host-messages.ts`. */
export const HOST = {
  'session.failed': 'Não foi possível abrir as automações',
  'session.expired': 'A sessão terminou',
  'session.expiredText': 'Reconecte para continuar. O que você alterou aqui fica guardado enquanto isso.',
  'session.reconnect': 'Reconectar',
  'widget.crashed': 'Algo deu errado aqui',
  'widget.crashedText':
    'O que foi salvo está seguro. Tente de novo; se acontecer outra vez, conte ao suporte o que você fez por último.',
  'workflows.title': 'Automações',
  'workflows.text': 'Deixe que as coisas aconteçam sozinhas quando algo acontece em outro lugar.',
  'workflows.create': 'Nova automação',
  'workflows.createAction': 'Criar',
  'workflows.name': 'Nome',
  'workflows.nameHelp': 'Por exemplo, “Pedidos grandes para o chat de vendas”.',
  'workflows.lastRun': 'Última execução',
  'workflows.updated': 'Alterada',
  'workflows.on': 'Ligada',
  'workflows.draft': 'Rascunho',
  'workflows.delete': 'Excluir {name}',
  'workflows.deleteTitle': 'Excluir {name}?',
  'workflows.deleteText':
    'Ela para na hora e as execuções em andamento são canceladas. Não é possível desfazer. As execuções anteriores continuam disponíveis.',
  'workflows.deleted': '{name} foi excluída.',
  'workflows.empty': 'Nenhuma automação ainda',
  'workflows.emptyText': 'Uma automação começa com um gatilho, como um webhook ou um horário, e depois executa etapas.',
} as const satisfies PartialMessages
