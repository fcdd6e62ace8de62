import type { PartialMessages } from '../../messages/messages.js'

/** The texts of `messages/file-messages.ts`. */
export const FILE = {
  'file.choose': 'Elegir un archivo…',
  'file.replace': 'Reemplazar…',
  'file.remove': 'Quitar {name}',
  'file.drop': 'Suelta un archivo aquí',
  'file.dropNow': 'Suelta para subir el archivo',
  'file.limit': 'Hasta {limit}',
  'file.none': 'No hay ningún archivo elegido',
  'file.uploading': 'Se está subiendo {name}',
  'file.chosen': '{name} está elegido',
  'file.tooLarge': 'Este archivo es demasiado grande: {limit} como máximo.',
  'file.refused': 'El archivo no se ha subido. {reason}',
  'file.onlyOne': 'Elige los archivos de uno en uno.',
  'issue.fileGone': '«{name}» se ha eliminado o es de otra persona. Vuelve a elegir el archivo.',
  'file.fromStep': '…o un archivo de un paso anterior',
  'file.forTest': 'Archivo para esta prueba: {name}',
  'file.forTestHelp': 'Sustituye los datos del campo durante la prueba. La automatización no cambia.',
} satisfies PartialMessages
