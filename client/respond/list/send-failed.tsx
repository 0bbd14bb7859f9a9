import type { ApiFailure } from '../../ui/api.ts'
import { calmState } from '../calm/calm-state.ts'
import { useSpeaking } from '../speaking.tsx'

/** Sending did not work: what is the case, and that the answers are still here. */
export function SendFailed({ failure }: { failure: ApiFailure }) {
  const { say } = useSpeaking()
  const { name } = calmState(failure)
  const text = name === 'away' ? say('sendFailed') : name === 'trouble' ? say('sendFailedServer') : say(name)
  return (
    <p className="notice notice-error" role="alert">
      {text}
    </p>
  )
}
