/** A real OpenID Connect provider on loopback: discovery, keys, the code flow with PKCE, ID tokens signed with RS256. Everybody who comes is `person`. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Provider {
  issuer: string
  clientId: string
  clientSecret: string
  /** The claims of whoever comes next. */
  person: Record<string, unknown>
  /** What is wrong with the next ID token. */
  spoil: undefined | 'nonce' | 'audience' | 'key' | 'expired'
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export async function startProvider(test: { after(fn: () => unknown): void }): Promise<Provider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { nonce: string; challenge: string; redirect: string; claims: Record<string, unknown> }>()
  const server = createServer(
    (request, answer) => void respond(request, answer).catch((error) => json(answer, { error: String(error) }, 500)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(() => server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: Provider = { issuer, clientId: 'nameting', clientSecret: 'geheim-van-de-proef', person: {}, spoil: undefined }
  return provider

  async function respond(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname === '/.well-known/openid-configuration')
      return json(answer, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
        code_challenge_methods_supported: ['S256'],
      })
    if (url.pathname === '/keys') {
      json(answer, { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] })
      return
    }
    if (url.pathname === '/authorize') return authorize(url.searchParams, answer)
    if (url.pathname === '/token') return token(new URLSearchParams((await request.toArray()).join('')), answer)
    json(answer, { error: 'not_found' }, 404)
  }

  function authorize(asked: URLSearchParams, answer: ServerResponse): void {
    const of = (name: string) => asked.get(name) ?? ''
    if (of('client_id') !== provider.clientId || of('code_challenge_method') !== 'S256' || of('nonce') === '') {
      json(answer, { error: 'invalid_request' }, 400)
      return
    }
    const code = randomUUID()
    codes.set(code, { nonce: of('nonce'), challenge: of('code_challenge'), redirect: of('redirect_uri'), claims: provider.person })
    const back = new URL(of('redirect_uri'))
    back.searchParams.set('code', code)
    back.searchParams.set('state', of('state'))
    answer.writeHead(302, { Location: back.href }).end()
  }

  function token(given: URLSearchParams, answer: ServerResponse): void {
    const kept = codes.get(given.get('code') ?? '')
    codes.delete(given.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url')
    if (!kept || kept.challenge !== challenge || kept.redirect !== given.get('redirect_uri')) {
      json(answer, { error: 'invalid_grant' }, 400)
      return
    }
    if (given.get('client_secret') !== provider.clientSecret) {
      json(answer, { error: 'invalid_client' }, 401)
      return
    }
    const now = Math.floor(Date.now() / 1000) - (provider.spoil === 'expired' ? 7200 : 0)
    const claims = {
      iss: issuer,
      aud: provider.spoil === 'audience' ? 'iemand-anders' : provider.clientId,
      iat: now,
      exp: now + 300,
      nonce: provider.spoil === 'nonce' ? 'een-andere' : kept.nonce,
      ...kept.claims,
    }
    const text = `${base64url({ alg: 'RS256', kid: '1' })}.${base64url(claims)}`
    const key = provider.spoil === 'key' ? others.privateKey : keys.privateKey
    const signed = `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`
    json(answer, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: signed })
  }
}

function json(answer: ServerResponse, body: unknown, status = 200): void {
  answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
