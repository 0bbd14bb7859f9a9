import type { ApiFailure } from '../../ui/api.ts'
import type { Translator } from '../../ui/texts.ts'
import type { DeskTexts } from '../shell/language.tsx'

const faults = {
  'too-short': 'faultShort',
  'too-long': 'faultLong',
  common: 'faultCommon',
  'own-words': 'faultOwn',
  repeated: 'faultRepeated',
} as const

/** What went wrong while signing in, in the reader's words. */
export function signInFailureText({ say }: Pick<Translator<DeskTexts>, 'say'>, { code, details }: ApiFailure): string {
  if (code === 'sign-in-failed') return say('signInFailed')
  if (code === 'code-wrong') return say('codeWrong')
  if (code === 'sign-in-slowed') return say('signInSlowed', { seconds: Number(details.retryAfter ?? 60) })
  if (code === 'link-unknown') return say('welcomeUnknown')
  if (code === 'password-invalid') return say(faults[details.fault as keyof typeof faults] ?? 'failed')
  return code === 'unreachable' ? say('unreachable') : say('failed')
}
