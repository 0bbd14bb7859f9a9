/** Passkeys as a second factor (WebAuthn): a phone, a computer or a key that signs what the server asks. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { newId } from '../new-id.ts'
import { confirmedFactors, insertFactor, type SecondFactor, secretOf, setCounter } from '../queries/second-factors.ts'
import { setChallenge, takeChallenge } from '../queries/staff-sessions.ts'
import { Refusal } from '../refusal.ts'
import type { SignedIn } from './sign-in.ts'

/** Loaded when it is needed: it brings a parser for certificates of every maker of keys, and no command needs it. */
const webauthn = () => import('@simplewebauthn/server')

const passkeysOf = async (db: Db, staffId: string): Promise<SecondFactor[]> =>
  (await confirmedFactors(db, staffId)).filter(({ kind }) => kind === 'passkey')

/** Where passkeys belong: to this installation's own host. */
const placeOf = ({ baseUrl }: Pick<Context, 'baseUrl'>) => ({ origin: baseUrl, host: new URL(baseUrl).hostname })

/** What the browser has to ask a new passkey. */
export async function beginPasskey(context: Context, { member, session }: SignedIn) {
  const { generateRegistrationOptions } = await webauthn()
  const known = await passkeysOf(context.stores.identity.read, member.id)
  const options = await generateRegistrationOptions({
    rpName: 'Nameting',
    rpID: placeOf(context).host,
    userName: member.address,
    userDisplayName: member.name,
    excludeCredentials: known.flatMap(({ credentialId }) => (credentialId === null ? [] : [{ id: credentialId }])),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  })
  await context.stores.identity.withTx((tx) => setChallenge(tx, session, options.challenge))
  return options
}

/** Keeps a passkey that answered what was asked. Refuses with `passkey-wrong`. */
export async function addPasskey(
  context: Context,
  { member, session }: SignedIn,
  { name, response }: { name: string; response: Omit<RegistrationResponseJSON, 'clientExtensionResults'> },
): Promise<void> {
  const { stores, sealer, clock } = context
  const { verifyRegistrationResponse } = await webauthn()
  const challenge = await stores.identity.withTx((tx) => takeChallenge(tx, session))
  const { origin, host } = placeOf(context)
  const found = await orRefused(
    verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge: challenge ?? '',
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: false,
    }),
  )
  if (challenge === null || !found.verified) throw new Refusal('passkey-wrong')
  const { id: credentialId, publicKey, counter, transports = [] } = found.registrationInfo.credential
  const now = clock.now()
  const factor = {
    id: newId(),
    staffId: member.id,
    kind: 'passkey',
    name,
    credentialId,
    counter,
    createdAt: now,
    confirmedAt: now,
  } as const
  const secret = { publicKey: Buffer.from(publicKey).toString('base64url'), transports }
  await stores.identity.withTx((tx) => insertFactor(tx, sealer, factor, secret))
}

/** What the browser has to ask the passkeys of an account. Refuses where there is none. */
export async function askPasskey(context: Context, { member, session }: SignedIn) {
  const { stores, sealer } = context
  const { generateAuthenticationOptions } = await webauthn()
  const known = await passkeysOf(stores.identity.read, member.id)
  if (known.length === 0) throw new Refusal('not-found')
  const options = await generateAuthenticationOptions({
    rpID: placeOf(context).host,
    userVerification: 'preferred',
    allowCredentials: known.map((factor) => {
      const secret = secretOf(sealer, factor)
      return { id: factor.credentialId ?? '', ...('transports' in secret ? { transports: secret.transports } : {}) }
    }),
  })
  await stores.identity.withTx((tx) => setChallenge(tx, session, options.challenge))
  return options
}

/** Whether the answer is that of a passkey of this account to what this session was asked last. Each question counts once. */
export async function isGoodPasskey(
  context: Context,
  { member, session }: SignedIn,
  response: Omit<AuthenticationResponseJSON, 'clientExtensionResults'>,
): Promise<boolean> {
  const { stores, sealer } = context
  const { verifyAuthenticationResponse } = await webauthn()
  const challenge = await stores.identity.withTx((tx) => takeChallenge(tx, session))
  const factor = (await passkeysOf(stores.identity.read, member.id)).find(({ credentialId }) => credentialId === response.id)
  const secret = factor && secretOf(sealer, factor)
  if (challenge === null || !factor || !secret || !('publicKey' in secret)) return false
  const { origin, host } = placeOf(context)
  const { publicKey, transports } = secret
  const answer = await verifyAuthenticationResponse({
    response: { ...response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: false,
    credential: { id: response.id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter: factor.counter, transports },
  }).catch(() => null)
  if (!answer?.verified) return false
  // Passkeys that are copied between devices count nothing and stay at 0; the question itself counts once.
  await stores.identity.withTx((tx) => setCounter(tx, factor.id, answer.authenticationInfo.newCounter))
  return true
}

/** The library throws for whatever is not as it should be. */
const orRefused = <T>(found: Promise<T>): Promise<T> =>
  found.catch(() => {
    throw new Refusal('passkey-wrong')
  })
