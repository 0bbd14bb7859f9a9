import { ApiFailure } from '../../ui/api.ts'

/** A passkey was not used: whoever sat there stopped, or the browser cannot do it. */
export class PasskeyStopped extends ApiFailure {
  constructor() {
    super('passkey-wrong')
  }
}
