export {
  EMBED_ROLES,
  EMBED_TOKEN_TYPE,
  type EmbedRole,
  type EmbedTokenOptions,
  MAX_EMBED_TOKEN_SECONDS,
  signEmbedToken,
} from './sign-embed-token.js'
