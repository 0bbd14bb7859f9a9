/** What a browser sends of a passkey (WebAuthn level 3, PublicKeyCredential as JSON); what it adds beside that is not looked at. */
import { z } from 'zod'

const bytes = z.string().max(20_000)
const credential = {
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.unknown(),
}

const made = z
  .strictObject({
    ...credential,
    response: z.strictObject({
      clientDataJSON: bytes,
      attestationObject: bytes,
      authenticatorData: bytes.optional(),
      transports: z.array(z.string().max(30)).max(10).optional(),
      publicKeyAlgorithm: z.number().optional(),
      publicKey: bytes.optional(),
    }),
  })
  .transform(({ clientExtensionResults: _, ...rest }) => rest)

export const newPasskey = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}*$/u),
  response: made,
})

export const signedByPasskey = z.strictObject({
  response: z
    .strictObject({
      ...credential,
      response: z.strictObject({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.optional() }),
    })
    .transform(({ clientExtensionResults: _, ...rest }) => rest),
})
