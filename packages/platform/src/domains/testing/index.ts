export { type DnsServer, startDnsServer } from './dns-server.js'
