import type { PartialMessages } from '../../messages/messages.js'

/** Texts about tests that are kept with a workflow. */
export const TEST = {
  'tests.title': 'Pruebas',
  'testFiles.file': 'Archivo',
  'testFiles.stored': 'Archivo guardado para {name}',
  'testFiles.storedChoose': '…o uno de una ejecución anterior',
  'testFiles.help': 'Está en los datos como {path}.',
  'tests.run': 'Repetir',
  'tests.running': 'En curso…',
  'tests.allPassed': { one: 'La prueba pasa con este borrador', other: 'Las {count} pruebas pasan con este borrador' },
  'tests.someFailed': {
    one: '{count} prueba encuentra una diferencia',
    other: '{count} pruebas encuentran diferencias',
  },
  'tests.passed': 'Superada',
  'tests.failed': 'Fallida',
  'tests.none': 'Sin ejecutar',
  'tests.accept': 'Es correcto: esperarlo a partir de ahora',
  'tests.delete': 'Eliminar la prueba {name}',
  'tests.invalid': 'El borrador tiene un problema: {message}',
  'tests.ended': 'Ha terminado de otra forma que antes.',
  'tests.broke': 'Ha fallado: {reason}',
  'tests.brokeAt': 'Ha fallado en «{step}»: {reason}',
  'tests.missing': '«{step}» ya no se ha ejecutado.',
  'tests.unexpected': '«{step}» se ha ejecutado, y antes no.',
  'tests.unknown':
    '«{step}» se ejecutaría ahora. Su resultado nunca se ha registrado: ejecuta el flujo y guarda esa ejecución como prueba.',
  'tests.output': '«{step}» ha dado {actual} en lugar de {expected}.',
  'tests.save': 'Guardar como prueba',
  'tests.saveTitle': 'Guardar esta ejecución como prueba',
  'tests.saveText':
    'A partir de ahora verás antes de publicar si el flujo sigue haciendo lo mismo con estos datos. Las pruebas no envían nada: las cuentas y los servicios responden como en esta ejecución.',
  'tests.saveAction': 'Guardar prueba',
  'tests.saved': 'La prueba está guardada',
  'tests.savedText': 'Se ejecuta cada vez antes de publicar.',
  'tests.name': 'Nombre',
  'tests.nameHelp': 'Qué demuestra, por ejemplo «Un pedido grande llega al equipo de ventas».',
} as const satisfies PartialMessages
