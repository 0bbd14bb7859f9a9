/**
 * A manifest is signed with IDENTITY_KEY: age closes files for a public key, so that anybody can make one, and a manifest in clear can be
 * changed by whoever may write beside it. The key is there where a backup is made and where it is put back, and in neither place is it with the backups.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sealer } from '../access/sealing.ts'
import { Failure } from '../failure.ts'
import { type Manifest, manifestName, parseManifest, readManifestText } from './manifest.ts'

export const signatureName = 'manifest.hmac'

type Signer = Pick<Sealer, 'keyId' | 'mark'>

/** Who signed, and 128 bits of HMAC-SHA256 over the manifest as it stands in its file. */
export const signatureOf = (manifest: string, { keyId, mark }: Signer): string => `${keyId} ${mark('manifest of a backup', manifest)}\n`

/**
 * The manifest of the backup in `folder`, as it was signed. With it goes every file, since it has their hashes. Throws a Failure where there is
 * none, nobody signed it, somebody with another key did, or it is not what was signed.
 */
export function readSignedManifest(folder: string, signer: Signer): Manifest {
  const text = readManifestText(folder)
  const manifest = parseManifest(folder, text)
  const signature = signatureIn(folder)
  const [keyId] = signature.split(' ')
  if (keyId !== signer.keyId)
    throw new Failure(
      `The backup ${folder} was signed with the key ${keyId}, and IDENTITY_KEY is ${signer.keyId}. Set the one that the server had; if it had this one, ` +
        'somebody else has made the backup.',
    )
  if (signature !== signatureOf(text, signer))
    throw new Failure(`The backup ${folder} is not as it was signed: ${manifestName} or ${signatureName} was changed. Take another one.`)
  return manifest
}

function signatureIn(folder: string): string {
  try {
    return readFileSync(join(folder, signatureName), 'latin1')
  } catch (cause) {
    throw new Failure(
      `The backup ${folder} is not signed: ${signatureName} cannot be read (${(cause as Error).message}). An earlier version of Nameting did not sign; ` +
        'otherwise somebody else has made or changed it. Take another one; or say --unsigned, and look through accounts before anybody else signs in.',
    )
  }
}
