import type { ApiFailure } from '../../ui/api.ts'
import type { Translator } from '../../ui/texts.ts'
import { PasskeyStopped } from '../account/passkey-stopped.ts'
import type { DeskTexts } from '../shell/language.tsx'

const faults = {
  'too-short': 'faultShort',
  'too-long': 'faultLong',
  common: 'faultCommon',
  'own-words': 'faultOwn',
  repeated: 'faultRepeated',
} as const

/** What the server can refuse here, but for what needs more than its code. */
const refusals: Partial<Record<string, keyof DeskTexts & string>> = {
  'sign-in-failed': 'signInFailed',
  'code-wrong': 'codeWrong',
  'link-unknown': 'welcomeUnknown',
  'passkey-wrong': 'passkeyWrong',
  'last-factor': 'lastFactor',
  'own-account': 'staffOwnAccount',
  'other-account': 'otherAccountFault',
  'not-allowed': 'staffNotAllowed',
  'not-found': 'staffGone',
  unreachable: 'unreachable',
}

/** What can be wrong about a new key, by field. */
const fieldsOfKey = { role: 'keyRoleWrong', until: 'keyUntilWrong', name: 'keyTooMany' } as const

/** What went wrong while signing in, or with an account, in the reader's words. */
export function signInFailureText({ say }: Pick<Translator<DeskTexts>, 'say'>, failure: ApiFailure): string {
  if (failure instanceof PasskeyStopped) return say('passkeyStopped')
  const { code, details } = failure
  if (code === 'sign-in-slowed') return say('signInSlowed', { seconds: Number(details.retryAfter ?? 60) })
  if (code === 'password-invalid') return say(faults[details.fault as keyof typeof faults] ?? 'failed')
  if (code === 'password-wrong') return say(details.hasPassword === false ? 'passwordFresh' : 'passwordWrong')
  if (code === 'staff-invalid')
    return say((details.problems as { field: string }[])[0]?.field === 'study' ? 'staffStudyGone' : 'staffAddressWrong')
  if (code === 'entry-invalid')
    return say(fieldsOfKey[(details.problems as { field: string }[])[0]?.field as keyof typeof fieldsOfKey] ?? 'failed')
  return say((refusals[code] ?? 'failed') as 'failed')
}
