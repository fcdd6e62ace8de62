import { describe, expect, it } from 'vitest'
import { awsSigner } from './aws-signature.js'

const auth = {
  kind: 'custom',
  fields: { accessKeyId: 'test-id', secretAccessKey: 'test-key', sessionToken: '' },
} as const
const sign = awsSigner(() => new Date('2026-01-31T09:30:00Z'))

describe('Signature Version 4', () => {
  // Compared once with what @smithy/signature-v4 5.7.5 makes of the same requests, keys and moment.
  it('covers method, path, query and body', () => {
    const url = 'https://access-analyzer.eu-west-1.amazonaws.com/analyzer/a%20b?x=1&a=b%20c&a=%2F'
    expect(sign({ url }, auth).headers?.['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=test-id/20260131/eu-west-1/access-analyzer/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=9d721ff70125e5d7cf6c9301485ec0877e047f38e7f4b02e5aa5f14965ebef83',
    )
    const request = {
      method: 'POST',
      url: 'https://sts.amazonaws.com/',
      json: { a: 1 },
      headers: { 'x-amz-target': 'T.x' },
    } as const
    expect(sign(request, auth).headers?.['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=test-id/20260131/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-target, Signature=1759bdb570c0d2473a62af9e6bfc2bcf4ef4526038c5ed04fee35f909d3cc76d',
    )
  })

  it('brings the token of temporary credentials along', () => {
    const signed = sign(
      { url: 'https://sts.amazonaws.com/' },
      { ...auth, fields: { ...auth.fields, sessionToken: 'test-session' } },
    )
    expect(signed.headers).toMatchObject({
      'x-amz-security-token': 'test-session',
      authorization: expect.stringContaining('x-amz-security-token'),
    })
  })
})
