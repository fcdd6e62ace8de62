import type { PartialMessages } from '../../messages/messages.js'

/** Texts of the widget around the builder: sign-in and the list of workflows. */
export const HOST = {
  'session.failed': 'No se han podido abrir las automatizaciones',
  'session.expired': 'La sesión ha terminado',
  'session.expiredText': 'Vuelve a conectarte para continuar. Mientras tanto se conservan tus cambios.',
  'session.reconnect': 'Reconectar',
  'widget.crashed': 'Algo ha salido mal aquí',
  'widget.crashedText':
    'Lo que estaba guardado está a salvo. Inténtalo de nuevo; si se repite, cuenta a soporte qué fue lo último que hiciste.',
  'workflows.title': 'Automatizaciones',
  'workflows.text': 'Haz que las cosas ocurran solas cuando pase algo en otro lugar.',
  'workflows.create': 'Nueva automatización',
  'workflows.createAction': 'Crear',
  'workflows.name': 'Nombre',
  'workflows.nameHelp': 'Por ejemplo, «Pedidos grandes al chat de ventas».',
  'workflows.lastRun': 'Última ejecución',
  'workflows.updated': 'Modificada',
  'workflows.on': 'Activa',
  'workflows.draft': 'Borrador',
  'workflows.delete': 'Eliminar «{name}»',
  'workflows.deleteTitle': '¿Eliminar «{name}»?',
  'workflows.deleteText':
    'Se detiene de inmediato y se cancelan sus ejecuciones en curso. No se puede deshacer. Las ejecuciones anteriores se pueden seguir consultando.',
  'workflows.deleted': '«{name}» se ha eliminado.',
  'workflows.empty': 'Aún no hay automatizaciones',
  'workflows.emptyText':
    'Una automatización empieza con un activador, como un webhook o una hora, y después ejecuta pasos.',
} as const satisfies PartialMessages
