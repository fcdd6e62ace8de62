import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/file-messages.ts`. */
export const FILE = {
  'file.choose': 'Escolher um arquivo…',
  'file.replace': 'Substituir…',
  'file.remove': 'Remover {name}',
  'file.drop': 'Solte um arquivo aqui',
  'file.dropNow': 'Solte para enviar o arquivo',
  'file.limit': 'Até {limit}',
  'file.none': 'Nenhum arquivo escolhido',
  'file.uploading': 'Enviando {name}',
  'file.chosen': '{name} foi escolhido',
  'file.tooLarge': 'Este arquivo é grande demais: no máximo {limit}.',
  'file.refused': 'O arquivo não foi enviado. {reason}',
  'file.onlyOne': 'Escolha um arquivo de cada vez.',
  'issue.fileGone': '“{name}” foi removido ou é de outra pessoa. Escolha o arquivo de novo.',
  'file.fromStep': '…ou um arquivo de uma etapa anterior',
  'file.forTest': 'Arquivo para este teste: {name}',
  'file.forTestHelp': 'Fica no lugar dos dados do campo durante o teste. A automação continua como está.',
} satisfies PartialMessages
