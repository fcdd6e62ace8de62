import type { PartialMessages } from '../../messages/messages.js'

/** Texts of the widget around the builder: sign-in and the list of workflows. */
export const HOST = {
  'session.failed': 'Les automatisations n’ont pas pu être ouvertes',
  'session.expired': 'La session est terminée',
  'session.expiredText': 'Reconnectez-vous pour continuer. Vos modifications sont conservées en attendant.',
  'session.reconnect': 'Se reconnecter',
  'widget.crashed': 'Une erreur est survenue ici',
  'widget.crashedText':
    'Ce qui était enregistré est en sécurité. Réessayez ; si cela se reproduit, dites à l’assistance ce que vous faisiez.',
  'workflows.title': 'Automatisations',
  'workflows.text': 'Faites avancer les choses d’elles-mêmes quand quelque chose se passe ailleurs.',
  'workflows.create': 'Nouvelle automatisation',
  'workflows.createAction': 'Créer',
  'workflows.name': 'Nom',
  'workflows.nameHelp': 'Par exemple « Grosses commandes vers le chat des ventes ».',
  'workflows.lastRun': 'Dernière exécution',
  'workflows.updated': 'Modifiée',
  'workflows.on': 'Active',
  'workflows.draft': 'Brouillon',
  'workflows.delete': 'Supprimer « {name} »',
  'workflows.deleteTitle': 'Supprimer « {name} » ?',
  'workflows.deleteText':
    'L’automatisation s’arrête aussitôt et ses exécutions en cours sont annulées. Cette action est irréversible. Les exécutions passées restent consultables.',
  'workflows.deleted': '« {name} » a été supprimée.',
  'workflows.empty': 'Aucune automatisation',
  'workflows.emptyText':
    'Une automatisation commence par un déclencheur, comme un webhook ou une heure, puis exécute des étapes.',
} as const satisfies PartialMessages
