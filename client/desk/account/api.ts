/** One's own account, and the passkeys of this browser. */
import { type Ok, take } from '../../ui/api.ts'
import { desk } from '../api.ts'
import { PasskeyStopped } from './passkey-stopped.ts'

const { account } = desk
const signIn = desk['sign-in']

export type Account = Ok<typeof account.$get>
export type Factor = Account['factors'][number]

export const getAccount = () => take(account.$get())
export const changePassword = (password: string, chosen: string) => take(account.password.$post({ json: { password, chosen } }))
export const beginApp = (password: string) => take(account['one-time-codes'].$post({ json: { password } }))
export const confirmApp = (factor: string, code: string) =>
  take(account['one-time-codes'][':factor'].$post({ param: { factor }, json: { code } }))
export const removeFactor = (factor: string, password: string) =>
  take(account.factors[':factor'].remove.$post({ param: { factor }, json: { password } }))
export const renewCodes = (password: string) => take(account['recovery-codes'].$post({ json: { password } }))
export const chooseLanguage = (language: 'nl' | 'en') => take(account.language.$post({ json: { language } }))
export const signOutEverywhere = () => take(account['sign-out-everywhere'].$post({ json: {} }))

/** Asks this browser for a passkey and has it kept. Throws a PasskeyStopped when whoever sits there stops, or it cannot. */
export async function addPasskey(password: string, name: string): Promise<void> {
  const asked = await take(account.passkeys.$post({ json: { password } }))
  const { startRegistration } = await browserPart()
  const response = await startRegistration({ optionsJSON: asked as never }).catch(stopped)
  await take(account.passkeys.answer.$post({ json: { name, response } }))
}

/** The second step with a passkey. Throws as above. */
export async function signInWithPasskey(): Promise<void> {
  const asked = await take(signIn.passkey.$post())
  const { startAuthentication } = await browserPart()
  const response = await startAuthentication({ optionsJSON: asked as never }).catch(stopped)
  await take(signIn.passkey.answer.$post({ json: { response } }))
}

/** Few people need it: it comes when it is asked for. */
const browserPart = () => import('@simplewebauthn/browser')

const stopped = (): never => {
  throw new PasskeyStopped()
}
