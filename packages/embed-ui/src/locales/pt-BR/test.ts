import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/test-messages.ts`. */
export const TEST = {
  'tests.title': 'Testes',
  'testFiles.file': 'Arquivo',
  'testFiles.stored': 'Arquivo guardado para {name}',
  'testFiles.storedChoose': '…ou um de uma execução anterior',
  'testFiles.help': 'Fica nos dados como {path}.',
  'tests.run': 'Executar de novo',
  'tests.running': 'Executando…',
  'tests.allPassed': {
    one: 'O teste passa com este rascunho',
    other: 'Todos os {count} testes passam com este rascunho',
  },
  'tests.someFailed': { one: '{count} teste encontra uma diferença', other: '{count} testes encontram diferenças' },
  'tests.passed': 'Passou',
  'tests.failed': 'Falhou',
  'tests.none': 'Ainda não executado',
  'tests.accept': 'Está certo: esperar isto daqui em diante',
  'tests.delete': 'Excluir o teste {name}',
  'tests.invalid': 'O rascunho tem um problema: {message}',
  'tests.ended': 'Terminou de outra forma que antes.',
  'tests.broke': 'Falhou: {reason}',
  'tests.brokeAt': 'Falhou em “{step}”: {reason}',
  'tests.missing': '“{step}” não foi mais executada.',
  'tests.unexpected': '“{step}” foi executada, e antes não era.',
  'tests.unknown':
    '“{step}” seria executada agora. O resultado dela nunca foi registrado: execute o fluxo e salve essa execução como teste.',
  'tests.output': '“{step}” deu {actual} em vez de {expected}.',
  'tests.save': 'Salvar como teste',
  'tests.saveTitle': 'Salvar esta execução como teste',
  'tests.saveText':
    'Daqui em diante, você vê antes de publicar se o fluxo ainda faz o mesmo com estes dados. Os testes não enviam nada: contas e serviços respondem como nesta execução.',
  'tests.saveAction': 'Salvar teste',
  'tests.saved': 'O teste foi salvo',
  'tests.savedText': 'Ele é executado toda vez antes de você publicar.',
  'tests.name': 'Nome',
  'tests.nameHelp': 'O que ele mostra, por exemplo “Um pedido grande vai para a equipe de vendas”.',
} as const satisfies PartialMessages
