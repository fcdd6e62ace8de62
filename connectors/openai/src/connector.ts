import { defineConnector } from '@inlay/sdk/connector'
import { chat } from './actions/chat.js'
import { createEmbeddings } from './actions/create-embeddings.js'
import { generateImage } from './actions/generate-image.js'
import { moderate } from './actions/moderate.js'
import { readDocument } from './actions/read-document.js'
import { searchWeb } from './actions/search-web.js'
import { structuredAnswer } from './actions/structured-answer.js'
import { transcribe } from './actions/transcribe.js'
import { auth, baseUrlOf } from './auth.js'

/** Chat, structured answers, embeddings, images and speech by OpenAI and compatible services. */
export const connector = defineConnector({
  id: 'openai',
  version: '1.0.0',
  name: 'OpenAI',
  description: 'Ask language models, read data out of texts, and compare meanings.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M12 3.500 19.500 8v8L12 20.500 4.500 16V8z"/><path d="m8.500 10.500 3.500 2 3.500-2M12 12.500v4"/></svg>',
  color: '#0d8a6a',
  categories: ['ai'],
  docs: 'Works with OpenAI and with every service that speaks its API (Azure OpenAI v1, Mistral, Groq, vLLM, Ollama and others): give its address in the connection. What a model costs and how often it may be asked, the service decides. "Ask about a file" and "Ask with web search" need a service that speaks the Responses API.',
  auth,
  api: { baseUrl: baseUrlOf },
  actions: { chat, structuredAnswer, readDocument, searchWeb, createEmbeddings, moderate, generateImage, transcribe },
})
