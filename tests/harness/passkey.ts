/** A passkey in software: makes a key and signs what it is asked, as a browser hands it on (WebAuthn level 3, "none" attestation). */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface Passkey {
  /** The answer to what a server asks a new passkey. */
  make(options: { challenge: string }): object
  /** The answer to what it asks one that it knows; the counter goes up each time. */
  sign(options: { challenge: string }): object
  counter: number
}

/** `origin`: of the page; a passkey of another host signs for that one. */
export function softPasskey(origin: string): Passkey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const rp = createHash('sha256').update(new URL(origin).hostname).digest()
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const counterBytes = (): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(passkey.counter)
    return bytes
  }
  /** Somebody was there and was verified; with 0x40 a new key is in it. */
  const authenticatorData = (...attested: Buffer[]): Buffer =>
    Buffer.concat([rp, Buffer.from([attested.length > 0 ? 0x45 : 0x05]), counterBytes(), ...attested])
  const credential = (response: Record<string, Buffer>, more = {}) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response: { ...Object.fromEntries(Object.entries(response).map(([name, bytes]) => [name, bytes.toString('base64url')])), ...more },
  })

  const passkey: Passkey = {
    counter: 0,
    make({ challenge }) {
      const length = Buffer.from([0, id.length])
      const data = authenticatorData(Buffer.alloc(16), length, id, coseKey(publicKey))
      return credential(
        { clientDataJSON: clientData('webauthn.create', challenge), attestationObject: attestation(data) },
        { transports: ['internal'] },
      )
    },
    sign({ challenge }) {
      passkey.counter += 1
      const clientDataJSON = clientData('webauthn.get', challenge)
      const data = authenticatorData()
      const signed = Buffer.concat([data, createHash('sha256').update(clientDataJSON).digest()])
      return credential({ clientDataJSON, authenticatorData: data, signature: sign('sha256', signed, privateKey) })
    },
  }
  return passkey
}

/** CBOR: { fmt: "none", attStmt: {}, authData } */
function attestation(data: Buffer): Buffer {
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
  const length = Buffer.from([0x58, data.length])
  return Buffer.concat([
    Buffer.from([0xa3]),
    ...[text('fmt'), text('none')],
    ...[text('attStmt'), Buffer.from([0xa0])],
    ...[text('authData'), length, data],
  ])
}

/** CBOR of a COSE key: { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y } */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = (base64: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(base64, 'base64url')])
  return Buffer.concat([Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]), point(x), Buffer.from([0x22]), point(y)])
}
