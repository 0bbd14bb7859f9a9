/** A second factor for an account that has none, or one more. */
import { randomBytes } from 'node:crypto'
import { newSecret, secretAddress, stepOfCode } from '../access/one-time-codes.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { newId } from '../new-id.ts'
import {
  confirmedFactors,
  confirmFactor,
  findFactor,
  insertFactor,
  removeOtherOneTimeCodes,
  removeUnconfirmed,
  replaceRecoveryCodes,
  type SecondFactor,
  secretOf,
  takeCounter,
} from '../queries/second-factors.ts'
import { Refusal } from '../refusal.ts'
import type { SignedIn } from './sign-in.ts'
import { tokenHash } from './token.ts'

/** Begins with one-time codes: the secret, and the address that an authenticator app reads from a QR code. Counts once it was confirmed. */
export async function beginOneTimeCodes(
  { stores, sealer, clock, baseUrl }: Context,
  { member }: SignedIn,
): Promise<{ id: string; secret: string; address: string }> {
  const id = newId()
  const secret = newSecret()
  const now = clock.now()
  await stores.identity.withTx(async (tx) => {
    await removeUnconfirmed(tx, member.id)
    const factor = {
      id,
      staffId: member.id,
      kind: 'totp',
      name: 'app',
      credentialId: null,
      counter: 0,
      createdAt: now,
      confirmedAt: null,
    } as const
    await insertFactor(tx, sealer, factor, { secret })
  })
  return { id, secret, address: secretAddress(secret, member.address, `Nameting (${new URL(baseUrl).host})`) }
}

/** Confirms with a first code that it works; a secret from before stops working. Gives recovery codes with the first factor of an account, else null. */
export async function confirmOneTimeCodes(context: Context, { member }: SignedIn, id: string, code: string): Promise<string[] | null> {
  const { stores, sealer, clock } = context
  return await stores.identity.withTx(async (tx) => {
    const factor = await findFactor(tx, id)
    if (!factor || factor.staffId !== member.id || factor.kind !== 'totp') throw new Refusal('not-found')
    const kept = secretOf(sealer, factor)
    const step = 'secret' in kept ? stepOfCode(kept.secret, code, clock.now(), factor.counter) : null
    if (step === null || !(await takeCounter(tx, id, step))) throw new Refusal('code-wrong')
    const isFirst = (await confirmedFactors(tx, member.id)).length === 0
    await confirmFactor(tx, id, clock.now())
    await removeOtherOneTimeCodes(tx, member.id, id)
    return isFirst ? await newRecoveryCodes(tx, member.id, clock.now()) : null
  })
}

const codesGiven = 10

/** Ten codes of 60 bits each, shown once; those from before stop working. */
export async function newRecoveryCodes(tx: Db, staffId: string, now: string): Promise<string[]> {
  const codes = Array.from({ length: codesGiven }, () => readable(randomBytes(12)))
  await replaceRecoveryCodes(
    tx,
    staffId,
    codes.map((code) => tokenHash(code.replaceAll('-', ''))),
    now,
  )
  return codes
}

/** Crockford's base32, in three groups of four: no letter that is taken for a digit. */
const readable = (bytes: Buffer): string =>
  (
    [...bytes]
      .map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte & 31])
      .join('')
      .match(/.{4}/g) ?? []
  ).join('-')

/** The kinds of second factor of an account, each once; none where one is still to be chosen. */
export const factorKinds = async ({ stores }: Context, { member }: SignedIn): Promise<SecondFactor['kind'][]> => [
  ...new Set((await confirmedFactors(stores.identity.read, member.id)).map(({ kind }) => kind)),
]
