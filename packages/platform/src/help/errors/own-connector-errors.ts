import type { ErrorArea } from './error-help.js'

/** Of connectors that tenants bring, from OpenAPI documents or of their own backends, and share. */
export const OWN_CONNECTOR_ERRORS = {
  'tenant_connector.not_found': {
    status: [404],
    what: 'There is no such connector of your own.',
    why: 'It was removed, or the id is another tenant’s.',
    fix: 'List your own connectors.',
  },
  'tenant_connector.id_taken': {
    status: [409],
    what: 'There is already a connector with this id.',
    why: 'Ids are unique, and those of connectors that come with the product cannot be used again.',
    fix: 'Give yours another id.',
  },
  'tenant_connector.version_changed': {
    status: [409],
    what: 'This version of the connector was something else before.',
    why: 'Workflows rely on what a version says of itself.',
    fix: 'Raise the version whenever the definition changes.',
  },
  'tenant_connector.renamed': {
    status: [409],
    what: 'The connector has another id than before.',
    why: 'Ids stay, so that workflows find it.',
    fix: 'Register it as another connector, or give it its old id back.',
  },
  'tenant_connector.invalid': {
    status: [422],
    what: 'The definition of the connector is not valid.',
    why: 'What your backend or the document says of it does not fit; `detail` names the place.',
    fix: 'Mend it and register or refresh it again.',
  },
  'tenant_connector.url': {
    status: [400],
    what: 'This cannot be the address of a connector.',
    why: 'It has to begin with https:// and holds neither user name nor password.',
    fix: 'Send the address under which your backend serves the connector.',
  },
  'tenant_connector.not_remote': {
    status: [409],
    what: 'The connector is not served anywhere.',
    why: 'It was made of a document; there is no backend to ask.',
    fix: 'Send the changed document instead.',
  },
  'tenant_connector.no_reader': {
    status: [422],
    what: 'OpenAPI documents cannot be read here.',
    why: 'This deployment runs without the process that reads them.',
    fix: 'Import the document with the command of the guide, and add the description that it writes.',
  },
  'openapi.not_readable': {
    status: [400, 422],
    what: 'The document cannot be read.',
    why: 'It is neither JSON nor YAML, is not an object, or refers to what is not there.',
    fix: 'Check it with an OpenAPI validator, and send one complete document.',
  },
  'openapi.unknown_format': {
    status: [400],
    what: 'This is not an OpenAPI 3.0, 3.1 or Swagger 2 document.',
    why: 'It begins with neither `openapi` nor `swagger`, or names another version.',
    fix: 'Send the description of the API itself, not the page that shows it.',
  },
  'openapi.too_large': {
    status: [413, 422],
    what: 'The document is too large.',
    why: 'It has too many bytes or values, or needs too much time or memory to read.',
    fix: 'Leave out what is not needed of it, or import it with the command of the guide.',
  },
  'openapi.too_deep': {
    status: [400],
    what: 'The document is nested too deeply.',
    why: 'A document that holds itself has no end; real ones use `$ref`.',
    fix: 'Send the document before its references were replaced.',
  },
  'openapi.too_slow': {
    status: [422],
    what: 'The import took too long.',
    why: 'The document, or a pattern of an overlay, needs too much time.',
    fix: 'Leave out what is not needed of it.',
  },
  'openapi.no_operations': {
    status: [422],
    what: 'Nothing of the document can be imported.',
    why: 'It has no operations, or the chosen filters leave none.',
    fix: 'Choose other tags or operations.',
  },
  'openapi.not_imported': {
    status: [400],
    what: 'This is not the description of an imported connector.',
    why: 'It was not written by the import, or was changed since.',
    fix: 'Import the document again, and send what the import writes.',
  },
  'openapi.bad_overlay': {
    status: [400],
    what: 'This is not an OpenAPI Overlay 1.0 document that can be used.',
    why: 'It does not begin with `overlay: 1.0.0`, has no `actions`, or a target is outside of what is supported.',
    fix: 'Mend what `detail` names.',
  },
  'marketplace.not_found': {
    status: [404],
    what: 'There is no such listing.',
    why: 'It was withdrawn, or never passed its review.',
    fix: 'List the marketplace again.',
  },
  'marketplace.no_submission': {
    status: [404],
    what: 'You have handed in nothing with this id.',
    why: 'It was removed, or is another tenant’s.',
    fix: 'List what you have handed in.',
  },
  'marketplace.not_shareable': {
    status: [422],
    what: 'The connector cannot be shared.',
    why: 'A connector that your backend serves is yours: only those made of an OpenAPI document can be copied to others.',
    fix: 'Import the API’s OpenAPI document and share that connector.',
  },
  'marketplace.version': {
    status: [409],
    what: 'This version was handed in before.',
    why: 'What others have installed does not change.',
    fix: 'Raise the version.',
  },
  'marketplace.not_in_review': {
    status: [409],
    what: 'The submission does not wait for a review.',
    why: 'It was decided or withdrawn.',
    fix: 'Hand in a new version.',
  },
} as const satisfies ErrorArea
